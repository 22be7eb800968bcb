import { numberText } from '../conditions/compare.js';
import type { Priority } from '../decide/decision-result.js';

/**
 * The arithmetic of a priority: "0.12 x 1.5 x 40 x 1.2 = 8.64". Put into words when somebody reads it: a decision works out
 * dozens of priorities of which few are ever looked at.
 */
export function priorityText({
  propensity,
  contextWeight,
  value,
  levers,
  contactCost,
  priority,
  byFormula,
}: Priority): string {
  if (byFormula) return `formula = ${numberText(priority)}`;
  const cost = contactCost === 0 ? '' : ` - ${numberText(contactCost)}`;
  const factors = [propensity, contextWeight, value, levers].map(numberText).join(' x ');
  return `${factors}${cost} = ${numberText(priority)}`;
}
