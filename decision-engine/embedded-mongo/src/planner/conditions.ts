import { equalValues } from '../order/compare.js';
import type { FieldNode, FilterNode } from '../query/node.js';

/** A condition that must hold, with the path from the root of the document. `group` ties those of one `$elemMatch`. */
export interface Condition {
  readonly path: string;
  readonly node: FieldNode;
  readonly group: FieldNode | undefined;
}

/** All conditions on fields that every matching document fulfils. */
export function requiredConditions(node: FilterNode): Condition[] {
  const found: Condition[] = [];
  collect(node, '', { found, group: undefined });
  return found;
}

function collect(
  node: FilterNode,
  prefix: string,
  state: { found: Condition[]; group: FieldNode | undefined },
): void {
  if (node.kind === 'and') {
    for (const inner of node.nodes) collect(inner, prefix, state);
    return;
  }
  if (node.kind === 'or' && node.nodes.length === 1) {
    for (const inner of node.nodes) collect(inner, prefix, state);
    return;
  }
  if (node.kind !== 'field') return;
  const path = prefix === '' ? node.path : node.path === '' ? prefix : `${prefix}.${node.path}`;
  state.found.push({ path, node, group: state.group });
  if (node.inner && !/(^|\.)\d+(\.|$)/.test(path)) {
    collect(node.inner, path, { found: state.found, group: state.group ?? node });
  }
}

/** The alternatives of the only `$or`, when there is one. */
export function alternatives(node: FilterNode): readonly FilterNode[] | undefined {
  if (node.kind === 'or') return node.nodes.length > 1 ? node.nodes : undefined;
  if (node.kind !== 'and') return undefined;
  for (const inner of node.nodes) {
    const found = alternatives(inner);
    if (found) return found;
  }
  return undefined;
}

/** Whether a condition holds for no document that lacks the field. */
export function needsField(node: FieldNode): boolean {
  switch (node.operator) {
    case 'eq':
      return node.operand !== null;
    case 'in':
      return Array.isArray(node.operand) && !node.operand.includes(null);
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return node.operand !== null;
    case 'exists':
    case 'regex':
    case 'elemMatch':
    case 'elemMatchValue':
      return true;
    case 'other':
      return false;
  }
}

/** Whether a filter surely implies another (that of a partial index). Conservative: false where it is not plain. */
export function implies(conditions: readonly Condition[], wanted: FilterNode): boolean {
  if (wanted.kind === 'and') return wanted.nodes.every((node) => implies(conditions, node));
  if (wanted.kind !== 'field') return false;
  return conditions.some(
    ({ path, node, group }) => group === undefined && path === wanted.path && covers(node, wanted),
  );
}

function covers(node: FieldNode, wanted: FieldNode): boolean {
  if (wanted.operator === 'exists') return needsField(node);
  if (node.operator === wanted.operator && equalValues(node.operand, wanted.operand)) return true;
  if (node.operator === 'eq' && !Array.isArray(node.operand))
    return wanted.operator !== 'other' && wanted.test(node.operand);
  if (node.operator === 'in' && Array.isArray(node.operand)) {
    return (
      wanted.operator !== 'other' &&
      node.operand.length > 0 &&
      node.operand.every((value) => !Array.isArray(value) && wanted.test(value))
    );
  }
  const tighter =
    (node.operator === 'gt' || node.operator === 'gte') &&
    (wanted.operator === 'gt' || wanted.operator === 'gte');
  const lower =
    (node.operator === 'lt' || node.operator === 'lte') &&
    (wanted.operator === 'lt' || wanted.operator === 'lte');
  return (tighter || lower) && wanted.test(node.operand);
}
