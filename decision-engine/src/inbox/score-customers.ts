import { featureRecord } from '@segue/models';
import { areSameTraits, type ComputedTraits } from '../computed-traits/compute-traits.js';
import { computedOf, noticeTraitChanges } from '../computed-traits/keep-computed.js';
import { attentionFacts, attentionFor } from '../customers/attention.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import { profileOf } from '../customers/stored-profile.js';
import { customerFacts, knownCustomerOf } from '../decisions/customer-facts.js';
import type { Engine } from '../engine/engine.js';
import { churnView } from '../scoring/churn-view.js';
import { valueView } from '../scoring/value-view.js';
import { crossingsOf } from '../segments/crossings.js';
import { noticeSegmentChanges } from '../segments/segment-definitions.js';

const BATCH = 200;
/** Scores age as time passes: who did nothing is looked at again after this long. */
const SCORES_KEEP_MS = 6 * 3_600_000;

/**
 * Scores the customers whose scores are out of date, and finds what they need and which segments they are in. Only
 * `churn`, `expectedYear`, `attention`, computed traits, what is about segments and `scoredAt` are written, and only over what was
 * read: where an event came meanwhile, it scores again.
 * @returns the customers whose need changed
 */
export async function scoreBatch(engine: Engine): Promise<{ scored: number; changed: string[] }> {
  const { store } = engine;
  // What another engine published: with the rules of before, the two would mark all customers as out of date in turn.
  await engine.reloadRules();
  const now = engine.clock();
  const definitions = await noticeSegmentChanges(engine);
  await noticeTraitChanges(engine);
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
  const rules = engine.rules();
  const computed = await computedOf(engine, documents, now);
  const changed: string[] = [];
  const lookAtSegments = (document: CustomerDocument) => {
    const facts = { rules, scorers, now };
    const segments =
      rules.segments.length === 0
        ? []
        : customerFacts(knownCustomerOf(document), facts).decisionProfile.segments;
    const since = document.segmentsAt ?? document.firstSeenAt;
    const redefined = new Set(
      [...definitions].flatMap(([segmentId, { changedAt }]) => (changedAt > since ? [segmentId] : [])),
    );
    const news = crossingsOf(document.segments ?? [], segments, { at: now, redefined });
    return {
      segments,
      segmentsAt: now,
      ...(news.length === 0 ? {} : { segmentNews: [...(document.segmentNews ?? []), ...news] }),
    };
  };
  const operations = documents.map((stored) => {
    const news = computedNews(stored, computed.get(stored._id));
    const document = { ...stored, ...news };
    const profile = profileOf(document);
    const churn = churnView(scorers, profile, { now });
    const expectedYear = valueView(scorers.value, profile, { now })?.expected ?? null;
    const attention = attentionFor(
      attentionFacts(profile, featureRecord(profile.features, now), { churn, now }),
    );
    if (attention?.why !== document.attention?.why || attention?.kind !== document.attention?.kind) {
      changed.push(document._id);
    }
    return {
      updateOne: {
        filter: { _id: document._id, revision: stored.revision },
        update: {
          $set: { churn, expectedYear, attention, ...news, ...lookAtSegments(document), scoredAt: now },
        },
      },
    };
  });
  await store.customers.bulkWrite(operations, { ordered: false });
  return { scored: documents.length, changed };
}

/**
 * What is new of a customer's computed traits, `{}` where nothing is. Decisions and texts start from them, so who remembers the
 * customer has to read them again: they count as a save.
 */
function computedNews(
  { computed: before = {}, revision }: CustomerDocument,
  after: ComputedTraits = {},
): Partial<Pick<CustomerDocument, 'computed' | 'revision'>> {
  return areSameTraits(before, after) ? {} : { computed: after, revision: revision + 1 };
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
