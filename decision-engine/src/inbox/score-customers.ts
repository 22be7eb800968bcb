import { featureRecord } from '@segue/models';
import { attentionFacts, attentionFor } from '../customers/attention.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import { profileOf } from '../customers/stored-profile.js';
import type { Engine } from '../engine/engine.js';
import { churnView } from '../scoring/churn-view.js';

const BATCH = 200;
/** Scores age as time passes: who did nothing is looked at again after this long. */
const SCORES_KEEP_MS = 6 * 3_600_000;

/**
 * Scores the customers whose scores are out of date, and finds what they need. Only `churn`, `attention` and
 * `scoredAt` are written, so it never gets in the way of an event: where one came meanwhile, it scores again.
 * @returns the customers whose need changed
 */
export async function scoreBatch(engine: Engine): Promise<{ scored: number; changed: string[] }> {
  const { store } = engine;
  const now = engine.clock();
  const staleBefore = new Date(now.getTime() - SCORES_KEEP_MS);
  const fresh = await store.customers
    .find({ scoredAt: null, mergedInto: null })
    .limit(BATCH)
    .lean<CustomerDocument[]>();
  const aged =
    fresh.length === BATCH
      ? []
      : await store.customers
          .find({ scoredAt: { $lt: staleBefore }, mergedInto: null })
          .sort({ scoredAt: 1 })
          .limit(BATCH - fresh.length)
          .lean<CustomerDocument[]>();
  const documents = [...fresh, ...aged];
  if (documents.length === 0) return { scored: 0, changed: [] };

  const scorers = engine.scorers();
  const changed: string[] = [];
  const operations = documents.map((document) => {
    const profile = profileOf(document);
    const churn = churnView(scorers, profile, { now });
    const attention = attentionFor(
      attentionFacts(profile, featureRecord(profile.features, now), { churn, now }),
    );
    if (attention?.why !== document.attention?.why || attention?.kind !== document.attention?.kind) {
      changed.push(document._id);
    }
    return {
      updateOne: {
        filter: { _id: document._id, revision: document.revision },
        update: { $set: { churn, attention, scoredAt: now } },
      },
    };
  });
  await store.customers.bulkWrite(operations, { ordered: false });
  return { scored: documents.length, changed };
}

/** Scores until nothing is out of date. @returns how many were scored */
export async function scoreAll(
  engine: Engine,
  onProgress: (scored: number) => void = () => {},
): Promise<number> {
  for (let total = 0; ; ) {
    const { scored } = await scoreBatch(engine);
    if (scored === 0) return total;
    total += scored;
    onProgress(total);
  }
}
