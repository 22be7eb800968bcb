import type { Doc, Maybe, Value } from '../bson/value.js';
import type { CompareText } from '../order/compare.js';

/** The operators on a field that the planner knows; all others are `other`. */
export type FieldOperator =
  | 'eq'
  | 'in'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'exists'
  | 'regex'
  | 'elemMatch'
  | 'elemMatchValue'
  | 'other';

/** A condition on the values under one path. */
export interface FieldNode {
  readonly kind: 'field';
  readonly path: string;
  readonly parts: readonly string[];
  readonly operator: FieldOperator;
  readonly operand: Value;
  /** Holds for one value that the path leads to (an array is handed over whole). */
  readonly test: (value: Maybe) => boolean;
  /** The conditions inside `$elemMatch`. */
  readonly inner?: FilterNode;
}

/** What a filter means, as the planner reads it. */
export type FilterNode =
  | { readonly kind: 'and' | 'or' | 'nor'; readonly nodes: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly node: FilterNode }
  | {
      readonly kind: 'test';
      readonly test: (doc: Doc) => boolean;
      readonly equalities?: readonly FieldNode[];
    }
  | FieldNode;

/** What a filter is compiled with. */
export interface FilterContext {
  readonly text: CompareText;
  /** The variables of `let`. */
  readonly variables: ReadonlyMap<string, Maybe>;
  readonly now: Date;
}
