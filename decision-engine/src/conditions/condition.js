import { z } from 'zod';
import { checkConditionShape } from './condition-shape.js';
export const ORDER_OPERATORS = ['lt', 'lte', 'gt', 'gte'];
export const COUNT_OPERATORS = ['eq', 'ne', ...ORDER_OPERATORS];
/** Limits on what is accepted, so that compiling and running a condition is bounded work. */
export const CONDITION_LIMITS = { depth: 10, nodes: 200, listLength: 1_000 };
/** Checks shape, depth and size; the types of fields are checked when it is compiled against a profile schema. */
export const conditionSchema = z.custom().superRefine((condition, context) => {
  for (const problem of checkConditionShape(condition, CONDITION_LIMITS)) {
    context.addIssue({ code: 'custom', path: problem.path, message: problem.expected, input: problem.got });
  }
});
