import { z } from 'zod';
import { checkFormulaShape } from './formula-shape.js';
export const FORMULA_LIMITS = { depth: 10, nodes: 100 };
export const formulaSchema = z.custom().superRefine((formula, context) => {
  for (const problem of checkFormulaShape(formula, FORMULA_LIMITS)) {
    context.addIssue({ code: 'custom', path: problem.path, message: problem.expected, input: problem.got });
  }
});
