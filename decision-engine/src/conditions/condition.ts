import { z } from 'zod';
import { checkConditionShape } from './condition-shape.js';

export type Scalar = string | number | boolean;
/** Another field of the same customer, optionally scaled: `{ "field": "features.usual_gap_days", "times": 2 }`. */
export type FieldOperand = { readonly field: string; readonly times?: number | undefined };

export const ORDER_OPERATORS = ['lt', 'lte', 'gt', 'gte'] as const;
export type OrderOperator = (typeof ORDER_OPERATORS)[number];
export const COUNT_OPERATORS = ['eq', 'ne', ...ORDER_OPERATORS] as const;
export type CountOperator = (typeof COUNT_OPERATORS)[number];

/** Compares one field of the customer or the context with a value. */
export type FieldCondition =
  | { readonly field: string; readonly op: 'exists' }
  | { readonly field: string; readonly op: 'missing' }
  | { readonly field: string; readonly op: 'eq' | 'ne'; readonly value: Scalar | FieldOperand }
  /** Numbers, or dates as ISO 8601 text. */
  | { readonly field: string; readonly op: OrderOperator; readonly value: number | string | FieldOperand }
  /** Both ends included. */
  | { readonly field: string; readonly op: 'between'; readonly value: readonly [number, number] }
  | { readonly field: string; readonly op: 'in' | 'notIn'; readonly value: readonly Scalar[] }
  /** Lists: has this member. Text: has this part, any case. */
  | { readonly field: string; readonly op: 'contains'; readonly value: Scalar }
  /** Lists only. */
  | {
      readonly field: string;
      readonly op: 'containsAny' | 'containsAll' | 'containsNone';
      readonly value: readonly Scalar[];
    }
  /** Dates, relative to now: in the last, longer ago than, in the next "30d". */
  | {
      readonly field: string;
      readonly op: 'withinLast' | 'olderThan' | 'withinNext';
      readonly value: string;
    };

/** How often an event happened in the window that ends now. */
export type EventCountCondition = {
  readonly count: 'events';
  readonly event: string;
  /** Only those that were about this: part of the words searched for, the page, the product; any case. */
  readonly about?: string | undefined;
  readonly within: string;
  readonly op: CountOperator;
  readonly value: number;
};

/** How many outcomes (`shown`, `rejected` …) of the contact history fall in the window that ends now. */
export type OutcomeCountCondition = {
  readonly count: 'outcomes';
  readonly outcomes: readonly string[];
  readonly actions?: readonly string[] | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly channels?: readonly string[] | undefined;
  readonly within: string;
  readonly op: CountOperator;
  readonly value: number;
};

/**
 * One language for eligibility, applicability, suitability, segments and journeys. Unknown values follow Kleene's
 * logic: a comparison with an unknown value is unknown, `not` of it too, and an unknown condition does not hold.
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | FieldCondition
  | EventCountCondition
  | OutcomeCountCondition;

/** Limits on what is accepted, so that compiling and running a condition is bounded work. */
export const CONDITION_LIMITS = { depth: 10, nodes: 200, listLength: 1_000 } as const;

/** Checks shape, depth and size; the types of fields are checked when it is compiled against a profile schema. */
export const conditionSchema = z.custom<Condition>().superRefine((condition, context) => {
  for (const problem of checkConditionShape(condition, CONDITION_LIMITS)) {
    context.addIssue({ code: 'custom', path: problem.path, message: problem.expected, input: problem.got });
  }
});
