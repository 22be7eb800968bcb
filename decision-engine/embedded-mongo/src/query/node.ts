import type { Doc, Maybe, Value } from '../bson/value.js';
import type { CompareText } from '../order/compare.js';
import type { IndexSpec } from '../storage/index-spec.js';

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

/** An order that a filter brings along. */
export interface Rank {
  /** How well a document fits `$text`. */
  score?: (doc: Doc) => number;
  /** How far a document is in `$near`. */
  distance?: (doc: Doc) => number | undefined;
}

/** What a filter is compiled with. */
export interface FilterContext {
  /** The indexes of the collection, which `$text` and `$near` need; undefined where there is no collection. */
  readonly indexes: readonly IndexSpec[] | undefined;
  /** Where the filter says that it brings an order; undefined where `$near` may not stand. */
  readonly rank: Rank;
  readonly nearAllowed: boolean;
  readonly text: CompareText;
  /** The variables of `let`. */
  readonly variables: ReadonlyMap<string, Maybe>;
  readonly now: Date;
}
