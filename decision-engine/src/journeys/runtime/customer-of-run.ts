import type { CustomerDocument } from '../../customers/customer-document.js';
import type { DecisionProfile } from '../../decide/decision-profile.js';
import { customerFacts, knownCustomerOf } from '../../decisions/customer-facts.js';
import type { Engine } from '../../engine/engine.js';
import { assignExperiments } from '../../experiments/assign-experiments.js';
import type { CustomerFacts } from '../run/run-facts.js';

/** What a run reads of a stored customer, worked out when it is first looked at. */
export function customerOfRun(
  engine: Pick<Engine, 'rules' | 'scorers'>,
  document: CustomerDocument,
  now: Date,
): CustomerFacts {
  let known: DecisionProfile | undefined;
  const profile = (): DecisionProfile => {
    known ??= customerFacts(knownCustomerOf(document), {
      rules: engine.rules(),
      scorers: engine.scorers(),
      now,
    }).decisionProfile;
    return known;
  };
  return {
    customerId: document._id,
    timeZone: document.timeZone ?? 'UTC',
    profile,
    variantOf: (experimentId) => {
      const { experiments } = engine.rules().policies;
      const assigned = assignExperiments(experiments, profile().bucketingKey, now.getTime());
      return assigned.find((each) => each.experimentId === experimentId)?.variantId ?? null;
    },
  };
}
