import { z } from 'zod';
import type { Condition } from './condition.js';
import { checkFormulaShape } from './formula-shape.js';

/** Arithmetic as data: no code runs in it. Unknown fields make the result unknown; so does division by zero. */
export type Formula =
  | number
  | { readonly field: string }
  | { readonly add: readonly Formula[] }
  | { readonly multiply: readonly Formula[] }
  | { readonly min: readonly Formula[] }
  | { readonly max: readonly Formula[] }
  | { readonly subtract: readonly [Formula, Formula] }
  | { readonly divide: readonly [Formula, Formula] }
  /** `else` is taken where the condition is false or unknown. */
  | { readonly if: Condition; readonly use: Formula; readonly else: Formula }
  /** The first that is known: `{ "firstOf": [{ "field": "features.x" }, 10] }`. */
  | { readonly firstOf: readonly Formula[] };

const FORMULA_LIMITS = { depth: 10, nodes: 100 } as const;

export const formulaSchema = z.custom<Formula>().superRefine((formula, context) => {
  for (const problem of checkFormulaShape(formula, FORMULA_LIMITS)) {
    context.addIssue({ code: 'custom', path: problem.path, message: problem.expected, input: problem.got });
  }
});
