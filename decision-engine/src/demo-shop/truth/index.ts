/**
 * What only evaluation may know. Nothing outside the demo shop and tests imports this folder: a feature or a policy
 * that did would be judged by its own crib.
 */

export {
  type BaselinePolicy,
  bestFixedPolicy,
  greedyPolicy,
  oraclePolicy,
  randomPolicy,
  rulesPolicy,
} from './baselines.js';
export { type PolicyResult, playPolicy } from './compare-policies.js';
export { createInteractiveWorld } from './interactive-world.js';
export { type LabelledEvent, labelledEvents } from './labelled-events.js';
export { leavingHazard } from './leaving-hazard.js';
export type { LabelledWorld } from './offered-world.js';
export { bestAction, worthOf } from './oracle.js';
export { trueResponseProbability } from './response-probability.js';
export { UPLIFT_KINDS, upliftKind } from './uplift-kind.js';
