import { durationToMs } from '../../catalogue/duration.js';
import type { CustomerDocument } from '../../customers/customer-document.js';
import { nextLocalTime } from '../run/due-time.js';
import type { JourneyDocument } from '../store/journey-documents.js';
import { driveRuns, type ToDrive } from './drive-runs.js';
import { countRefused, createLoads, enterRun } from './enter-runs.js';
import type { JourneyInForce } from './journey-registry.js';
import type { JourneyWork } from './journey-work.js';

/** Customers looked at in one go. */
const BATCH = 200;
const LEASE_MS = 60_000;

/** The look at all customers that is due, as the moment it is for; null = none. */
function dueScan(
  { journey }: Pick<JourneyInForce, 'journey'>,
  { now, since, scannedAt }: { readonly now: Date; readonly since: Date; readonly scannedAt: Date | null },
): Date | null {
  const { entry } = journey.definition;
  switch (entry.type) {
    case 'event':
      return null;
    case 'condition':
    case 'segment':
      return scannedAt === null || now.getTime() - scannedAt.getTime() >= durationToMs(entry.every)
        ? now
        : null;
    case 'schedule': {
      const { at, days, timeZone } = entry;
      // The latest of the times that have passed: what was missed before it is not caught up with.
      let latest: number | null = null;
      let from = Math.max((scannedAt ?? since).getTime() + 1, now.getTime() - 8 * 86_400_000);
      for (;;) {
        const next = nextLocalTime(from, { at, days, timeZone });
        if (next > now.getTime()) return latest === null ? null : new Date(latest);
        latest = next;
        from = next + 1;
      }
    }
  }
}

type Head = Pick<JourneyDocument, '_id' | 'scan' | 'scannedAt' | 'updatedAt'>;

/** Begins a look that is due, or goes on with one whose worker is gone. @returns where to go on; null = nothing to do */
async function takeScan(
  { engine }: JourneyWork,
  journey: JourneyInForce,
): Promise<{ readonly firing: Date; readonly after: string } | null> {
  const { journeys } = engine.store;
  const now = engine.clock();
  const _id = journey.journeyId;
  const head = await journeys.findById(_id, { scan: 1, scannedAt: 1, updatedAt: 1 }).lean<Head | null>();
  if (head === null) return null;
  const leasedUntil = new Date(now.getTime() + LEASE_MS);
  if (head.scan !== null) {
    const { firing, after } = head.scan;
    if (head.scan.leasedUntil.getTime() > now.getTime()) return null;
    const taken = await journeys.updateOne(
      { _id, 'scan.leasedUntil': head.scan.leasedUntil },
      { $set: { 'scan.leasedUntil': leasedUntil } },
    );
    return taken.modifiedCount === 1 ? { firing, after } : null;
  }
  const firing = dueScan(journey, { now, since: head.updatedAt, scannedAt: head.scannedAt });
  if (firing === null) return null;
  const scan = { firing, after: '', leasedUntil };
  const taken = await journeys.updateOne({ _id, scan: null, scannedAt: head.scannedAt }, { $set: { scan } });
  return taken.modifiedCount === 1 ? { firing, after: '' } : null;
}

async function lookAt(
  work: JourneyWork,
  journey: JourneyInForce,
  { firing, customers }: { readonly firing: Date; readonly customers: readonly CustomerDocument[] },
): Promise<number> {
  const loads = createLoads(work);
  const entered: ToDrive[] = [];
  const refused: { journeyId: string; reason: string }[] = [];
  for (const document of customers) {
    const messageId = `scan:${firing.toISOString()}`;
    const result = await enterRun(
      work,
      { journey, document, messageId, happenedAt: firing, context: {} },
      loads,
    );
    if ('run' in result) entered.push({ run: result.run, input: { type: 'time' } });
    // Whoever is in already fits each time: that is no refusal worth counting.
    else if (result.report && result.refused !== 'only once' && result.refused !== 'at once')
      refused.push({ journeyId: journey.journeyId, reason: result.refused });
  }
  await countRefused(work, refused);
  return driveRuns(work, entered);
}

/**
 * Looks at one batch of all customers for each journey that is entered by condition, segment or schedule. Where it is
 * stands in the store: a crash goes on from there, and nobody enters twice.
 * @returns customers looked at; how many things were done outside
 */
export async function scanCustomers(
  work: JourneyWork,
): Promise<{ readonly customers: number; readonly performed: number }> {
  const { engine } = work;
  const { store } = engine;
  let looked = 0;
  let performed = 0;
  for (const journey of engine.journeys.inForce()) {
    if (journey.state !== 'on' || journey.journey.definition.entry.type === 'event') continue;
    const scan = await takeScan(work, journey);
    if (scan === null) continue;
    const { firing, after } = scan;
    const customers = await store.customers
      .find({ _id: { $gt: after }, mergedInto: null })
      .sort({ _id: 1 })
      .limit(BATCH)
      .lean<CustomerDocument[]>();
    performed += await lookAt(work, journey, { firing, customers });
    looked += customers.length;
    const last = customers.at(-1)?._id;
    // The lease ends here, so that the next batch may be anybody's.
    const goesOn = { scan: { firing, after: last ?? after, leasedUntil: engine.clock() } };
    const over = { scan: null, scannedAt: firing };
    await store.journeys.updateOne(
      { _id: journey.journeyId, 'scan.firing': firing },
      { $set: customers.length === BATCH ? goesOn : over },
    );
  }
  return { customers: looked, performed };
}
