import type { CustomerView } from '../api/shapes/customer.js';
import type { Priority } from '../decide/decision-result.js';

/** Most groups that are shown. */
const SHOWN = 4;

type Scored = {
  readonly actionId: string;
  readonly group: string;
  readonly priority: Pick<Priority, 'propensity'> | null;
};

/**
 * Of each group the action most likely to be accepted, likeliest group first, four at most. Candidates that fell out before
 * they were scored, and actions that are no longer in the catalogue, say nothing of their group.
 *
 * @param nameOf the action's name; undefined where the catalogue in force has it no more
 */
export function propensityByGroup(
  candidates: readonly Scored[],
  nameOf: (actionId: string) => string | undefined,
): CustomerView['propensities'] {
  const best = new Map<string, CustomerView['propensities'][number]>();
  for (const { actionId, group, priority } of candidates) {
    const name = nameOf(actionId);
    if (priority === null || name === undefined) continue;
    const { propensity: probability } = priority;
    if (probability > (best.get(group)?.probability ?? -1))
      best.set(group, { group, actionId, name, probability });
  }
  return [...best.values()].sort((a, b) => b.probability - a.probability).slice(0, SHOWN);
}
