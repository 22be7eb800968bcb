import { bucketingKeyOf } from '../customers/exposure-from-event.js';
import { OWN_EVENTS } from '../customers/own-events.js';
import type { Profile } from '../customers/profile.js';
import type { DecisionDocument } from '../decisions/decision-document.js';
import { ingestForCustomer } from '../events/ingest-events.js';
import type { Engine } from './engine.js';

/** The name under which the global hold-out stands among experiments. */
export const GLOBAL_HOLD_OUT = 'global-hold-out';

type Exposure = { readonly experimentId: string; readonly variantId: string; readonly layer: string };

function exposuresOf(engine: Engine, decision: DecisionDocument): Exposure[] {
  const holdOut = engine.rules().policies.globalHoldOut;
  return [
    ...(decision.experiments ?? []),
    ...(holdOut === undefined
      ? []
      : [
          {
            experimentId: `${GLOBAL_HOLD_OUT}:${holdOut.salt}`,
            variantId: decision.globalHoldOut === true ? 'held-out' : 'treated',
            layer: GLOBAL_HOLD_OUT,
          },
        ]),
  ];
}

/**
 * Writes into the customer's history which variants a decision was made under, each once: analyses count customers from
 * here on, and the customer keeps their place in experiments, whoever they turn out to be.
 */
export async function logExposures(
  engine: Engine,
  profile: Profile,
  decision: DecisionDocument,
): Promise<void> {
  const fresh = exposuresOf(engine, decision).filter(
    ({ experimentId, variantId }) =>
      !profile.exposures.some((seen) => seen.experimentId === experimentId && seen.variantId === variantId),
  );
  if (fresh.length === 0) return;
  const bucketingKey = bucketingKeyOf(profile);
  engine.customers.forget([profile.customerId]);
  await ingestForCustomer(
    engine.store,
    profile.customerId,
    fresh.map(({ experimentId, variantId, layer }) => ({
      messageId: `exposure:${profile.customerId}:${experimentId}:${variantId}`,
      type: 'track',
      name: OWN_EVENTS.experimentViewed,
      timestamp: decision.decidedAt,
      receivedAt: decision.decidedAt,
      properties: {
        experiment_id: experimentId,
        variation_id: variantId,
        layer,
        bucketing_key: bucketingKey,
        decision_id: decision._id,
      },
      context: {},
    })),
  );
}
