/** Steps between the networks alone (0) and the linear model alone (1). */
const STEPS = 20;
/** Before anything is measured both count the same, give or take the deviation. */
const PRIOR = { mean: 0.5, deviation: 0.35 };

/**
 * How much a linear model counts beside networks: the weight that is most probable after the losses of rows that neither
 * has seen, under a normal prior around one half. What single rows can't tell apart stays near the middle, so that
 * another seed or another split doesn't throw the model from one side to the other; clear evidence goes all the way.
 *
 * @param lossAt sum (not mean) of the log losses of those rows at a weight of the linear model, 0 to 1
 */
export function chooseBlendWeight(lossAt: (weight: number) => number): number {
  const weights = Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS);
  const costs = weights.map(
    (weight) => lossAt(weight) + 0.5 * ((weight - PRIOR.mean) / PRIOR.deviation) ** 2,
  );
  return weights[costs.indexOf(Math.min(...costs))] ?? PRIOR.mean;
}
