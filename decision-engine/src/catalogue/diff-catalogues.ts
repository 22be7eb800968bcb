import type { Action } from './action.js';

/** One value that differs; undefined = not there. */
export type FieldChange = { readonly path: string; readonly before: unknown; readonly after: unknown };

export type CatalogueDiff = {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly actionId: string; readonly changes: readonly FieldChange[] }[];
};

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

const MEMBER_IDS = ['treatmentId', 'segmentId', 'experimentId', 'variantId', 'intent', 'name'];

/** Lists whose members have an id or a name are compared member by member, so that one more at the top is one change. */
function keyed(list: readonly unknown[]): Record<string, unknown> | undefined {
  const entries = list.map((item) => {
    if (!isPlain(item)) return undefined;
    const key = MEMBER_IDS.map((name) => item[name]).find((id) => id !== undefined);
    return typeof key === 'string' ? ([key, item] as const) : undefined;
  });
  const known = entries.filter((entry) => entry !== undefined);
  return known.length === list.length && new Set(known.map(([key]) => key)).size === list.length
    ? Object.fromEntries(known)
    : undefined;
}

/** Every value that differs between two documents of plain data. */
export function changesBetween(before: unknown, after: unknown, path: string): FieldChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const both = Array.isArray(before) && Array.isArray(after);
  const [left, right] = both ? [keyed(before), keyed(after)] : [before, after];
  if (isPlain(left) && isPlain(right)) {
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) => {
      const step = both ? `[${key}]` : path === '' ? key : `.${key}`;
      return changesBetween(left[key], right[key], `${path}${step}`);
    });
  }
  return [{ path, before, after }];
}

/** What a revision changes, action by action and field by field. */
export function diffCatalogues(before: readonly Action[], after: readonly Action[]): CatalogueDiff {
  const old = new Map<string, Action>(before.map((action) => [action.actionId, action]));
  const fresh = new Map<string, Action>(after.map((action) => [action.actionId, action]));
  const changed = [...fresh].flatMap(([actionId, action]) => {
    const known = old.get(actionId);
    const changes = known === undefined ? [] : changesBetween(known, action, '');
    return changes.length > 0 ? [{ actionId, changes }] : [];
  });
  return {
    added: [...fresh.keys()].filter((actionId) => !old.has(actionId)),
    removed: [...old.keys()].filter((actionId) => !fresh.has(actionId)),
    changed,
  };
}
