/**
 * What only evaluation may know. Nothing outside the demo shop and tests imports this folder: a feature or a policy
 * that did would be judged by its own crib.
 */

export { type Candidate, incrementalWorth, responseNow } from './action-worth.js';
export {
  type BaselinePolicy,
  bestFixedPolicy,
  greedyPolicy,
  oraclePolicy,
  randomPolicy,
  rulesPolicy,
} from './baselines.js';
export { type Comparison, type PolicyResult, playPolicy } from './compare-policies.js';
export { createInteractiveWorld, type InteractiveWorld, type WorldStep } from './interactive-world.js';
export { type LabelledEvent, type LabelledWorld, labelledEvents } from './labelled-events.js';
export { leavingHazard } from './leaving-hazard.js';
export { bestAction, type Measure, worthOf } from './oracle.js';
export { trueResponseProbability } from './response-probability.js';
export { UPLIFT_KINDS, type UpliftKind, upliftKind } from './uplift-kind.js';
