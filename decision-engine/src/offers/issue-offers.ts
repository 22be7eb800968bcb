import { durationToMs } from '../catalogue/duration.js';
import type { DecisionDocument } from '../decisions/decision-document.js';
import type { Engine } from '../engine/engine.js';
import { OFFER_CODE_SCHEMA_VERSION } from './offer-document.js';

export type OfferMade = {
  readonly decisionId: string;
  readonly customerId: string;
  readonly actionId: string;
  readonly treatmentId: string;
};

/** The offers that a decision's own treatments make. */
export function offersOf({ _id, customerId, actions }: DecisionDocument): readonly OfferMade[] {
  return actions.map(({ actionId, treatment }) => ({
    decisionId: _id,
    customerId,
    actionId,
    treatmentId: treatment.treatmentId,
  }));
}

/**
 * Makes the codes that treatments show valid, before anybody sees them. An offer made again keeps its code and is valid for
 * longer. Treatments without an offer cost nothing.
 */
export async function issueOffers(
  { store, rules, offerCodes, clock }: Pick<Engine, 'store' | 'rules' | 'offerCodes' | 'clock'>,
  made: readonly OfferMade[],
): Promise<void> {
  for (const { decisionId, customerId, actionId, treatmentId } of made) {
    const offer = rules()
      .action(actionId)
      ?.treatments.find((treatment) => treatment.treatmentId === treatmentId)?.offer;
    if (offer === undefined) continue;
    const now = clock();
    await store.offerCodes.updateOne(
      { _id: offerCodes(customerId, offer.offerId) },
      {
        $setOnInsert: {
          schemaVersion: OFFER_CODE_SCHEMA_VERSION,
          customerId,
          offerId: offer.offerId,
          issuedAt: now,
        },
        $max: { validUntil: new Date(now.getTime() + durationToMs(offer.validFor)) },
        $set: { decisionId, actionId },
      },
      { upsert: true },
    );
  }
}
