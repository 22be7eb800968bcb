import { isPlain, type Plain } from '../form/path';

/** How the parts of a group belong together. */
export type Joint = 'all' | 'any' | 'none' | 'notAll';

/** A condition as a form shows it. `other` is kept as it is: the form has no controls for it. */
export type ConditionView =
  | { readonly kind: 'group'; readonly joint: Joint; readonly parts: readonly unknown[] }
  | { readonly kind: 'field'; readonly field: string; readonly op: string; readonly value: unknown }
  | { readonly kind: 'events'; readonly condition: Plain }
  | { readonly kind: 'outcomes'; readonly condition: Plain }
  | { readonly kind: 'other' };

const OTHER = { kind: 'other' } as const;
/** What a count has controls for. One that says more (of which actions, say) would be shown as less than it asks. */
const SHOWN = {
  events: new Set(['count', 'event', 'about', 'within', 'op', 'value']),
  outcomes: new Set(['count', 'outcomes', 'within', 'op', 'value']),
};

/** What a part of a condition is. `not` over a group becomes one kind of group, so that nobody has to read two brackets. */
export function conditionView(condition: unknown): ConditionView {
  if (!isPlain(condition)) return OTHER;
  const keys = Object.keys(condition);
  if (keys.length === 1 && Array.isArray(condition['all'])) return group('all', condition['all']);
  if (keys.length === 1 && Array.isArray(condition['any'])) return group('any', condition['any']);
  if (keys.length === 1 && 'not' in condition) return notView(condition['not']);
  const { count } = condition;
  if (count === 'events' || count === 'outcomes')
    return keys.every((key) => SHOWN[count].has(key)) ? { kind: count, condition } : OTHER;
  const { field, op, value } = condition;
  // A comparison with another field of the customer has no control of its own.
  if (typeof field !== 'string' || typeof op !== 'string' || isPlain(value)) return OTHER;
  return { kind: 'field', field, op, value };
}

function group(joint: Joint, parts: readonly unknown[]): ConditionView {
  return { kind: 'group', joint, parts };
}

function notView(inner: unknown): ConditionView {
  const view = conditionView(inner);
  if (view.kind === 'group' && view.joint === 'any') return group('none', view.parts);
  if (view.kind === 'group' && view.joint === 'all') return group('notAll', view.parts);
  return group('none', [inner]);
}

/** A group as the engine takes it. */
export function groupCondition(joint: Joint, parts: readonly unknown[]): Plain {
  switch (joint) {
    case 'all':
      return { all: parts };
    case 'any':
      return { any: parts };
    case 'none':
      return { not: { any: parts } };
    case 'notAll':
      return { not: { all: parts } };
  }
}

/** The outermost part is always shown as a group, so that another can be added; alone it is written without one. */
export function rootGroup(condition: unknown): { joint: Joint; parts: readonly unknown[] } {
  const view = conditionView(condition);
  if (view.kind === 'group') return view;
  return { joint: 'all', parts: condition === undefined || condition === null ? [] : [condition] };
}

/** What {@link rootGroup} shows, as the engine takes it. */
export function rootCondition(joint: Joint, parts: readonly unknown[]): unknown {
  const [only] = parts;
  return joint === 'all' && parts.length === 1 ? only : groupCondition(joint, parts);
}
