import type { CustomerDocument } from '../customers/customer-document.js';
import { OWN_EVENTS } from '../customers/own-events.js';
import type { CustomerId } from '../customers/profile.js';
import type { Engine } from '../engine/engine.js';
import { announceApplied } from '../engine/take-events.js';
import { ingestKnown } from '../events/ingest-events.js';
import type { Crossing } from './crossings.js';

const BATCH = 200;

function eventOf(engine: Engine, customerId: string, { segmentId, entered, at, reason }: Crossing) {
  const name = engine.rules().segments.find((segment) => segment.segmentId === segmentId)?.name;
  return {
    // The same however often it is told.
    messageId: `segment:${customerId}:${segmentId}:${entered ? 'in' : 'out'}:${at.getTime()}`,
    type: 'track' as const,
    name: entered ? OWN_EVENTS.segmentEntered : OWN_EVENTS.segmentLeft,
    timestamp: at,
    receivedAt: at,
    properties: { segment_id: segmentId, name: name ?? segmentId, reason },
    context: {},
  };
}

/**
 * Writes into customers' histories which segments they came into and left, where it stands in their documents that it is
 * still to be told: a crash in between tells it again, under the same id.
 * @returns how many customers
 */
export async function tellCrossings(engine: Engine): Promise<number> {
  const { customers } = engine.store;
  const untold = await customers
    .find({ segmentNews: { $exists: true } }, { segmentNews: 1, mergedInto: 1 })
    .limit(BATCH)
    .lean<Pick<CustomerDocument, '_id' | 'segmentNews' | 'mergedInto'>[]>();
  for (const { _id, segmentNews = [], mergedInto } of untold) {
    if (mergedInto === null && segmentNews.length > 0) {
      const events = segmentNews.map((crossing) => eventOf(engine, _id, crossing));
      const wanted = engine.journeys.wants;
      const { applied } = await ingestKnown(
        engine.store,
        { customerId: _id as CustomerId, events },
        { wanted },
      );
      announceApplied(engine, applied);
    }
    // What came meanwhile was added at the end, and is told the next time, with these once more.
    await customers.updateOne(
      { _id, segmentNews: { $size: segmentNews.length } },
      { $unset: { segmentNews: '' } },
    );
  }
  return untold.length;
}

/** Tells all there is to tell now. @returns how many customers */
export async function tellAllCrossings(engine: Engine): Promise<number> {
  for (let all = 0; ; ) {
    const told = await tellCrossings(engine);
    if (told === 0) return all;
    all += told;
  }
}
