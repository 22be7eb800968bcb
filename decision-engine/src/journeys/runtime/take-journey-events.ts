import type { CustomerDocument } from '../../customers/customer-document.js';
import type { EventDocument } from '../../events/event-document.js';
import { contextOf } from '../run/run-facts.js';
import type { RunDocument } from '../store/run-document.js';
import { driveRuns, type ToDrive } from './drive-runs.js';
import { countRefused, createLoads, enterRun } from './enter-runs.js';
import type { JourneyWork } from './journey-work.js';

/** Events taken at once. */
const BATCH = 200;

/** One event of each customer at a time, in the order they came. */
function wavesOf(events: readonly EventDocument[]): EventDocument[][] {
  const waves: EventDocument[][] = [];
  const seen = new Map<string, number>();
  for (const event of events) {
    const wave = seen.get(event.customerId) ?? 0;
    seen.set(event.customerId, wave + 1);
    const same = waves[wave];
    if (same === undefined) waves.push([event]);
    else same.push(event);
  }
  return waves;
}

/** What the event means to the runs under way. A run that is over by then makes room for the next one. */
async function tellRuns(work: JourneyWork, events: ReadonlyMap<string, EventDocument>): Promise<number> {
  const active = await work.engine.store.journeyRuns
    .find({ customerId: { $in: [...events.keys()] }, status: 'active' })
    .lean<RunDocument[]>();
  const told = active.flatMap((run): ToDrive[] => {
    const event = events.get(run.customerId);
    const journey = work.engine.journeys.version(run.journeyId, run.version);
    if (event === undefined || journey?.eventNames.has(event.name) !== true) return [];
    const { _id: messageId, name, timestamp, properties } = event;
    const happened = { messageId, name, at: timestamp.getTime(), properties: contextOf(properties) };
    return [{ run, input: { type: 'event', event: happened } }];
  });
  return driveRuns(work, told);
}

async function startRuns(work: JourneyWork, events: ReadonlyMap<string, EventDocument>): Promise<number> {
  const { engine } = work;
  const starting = engine.journeys
    .inForce()
    .filter(({ state, journey }) => state === 'on' && journey.definition.entry.type === 'event');
  const names = new Set(
    starting.flatMap(({ journey: { definition } }) =>
      definition.entry.type === 'event' ? [definition.entry.event] : [],
    ),
  );
  const wanted = [...events.values()].filter(({ name }) => names.has(name));
  if (wanted.length === 0) return 0;
  const documents = await engine.store.customers
    .find({ _id: { $in: wanted.map(({ customerId }) => customerId) }, mergedInto: null })
    .lean<CustomerDocument[]>();
  const byId = new Map(documents.map((document) => [document._id, document]));
  const loads = createLoads(work);
  const entered: ToDrive[] = [];
  const refused: { journeyId: string; reason: string }[] = [];
  for (const event of wanted) {
    const document = byId.get(event.customerId);
    if (document === undefined) continue;
    for (const journey of starting) {
      const { entry } = journey.journey.definition;
      if (entry.type !== 'event' || entry.event !== event.name) continue;
      const result = await enterRun(
        work,
        {
          journey,
          document,
          messageId: event._id,
          happenedAt: event.timestamp,
          context: contextOf(event.properties),
        },
        loads,
      );
      if ('run' in result) entered.push({ run: result.run, input: { type: 'time' } });
      else if (result.report) refused.push({ journeyId: journey.journeyId, reason: result.refused });
    }
  }
  await countRefused(work, refused);
  return driveRuns(work, entered);
}

/**
 * Takes account of one batch of the events that journeys want: they move and end runs, then start new ones. An event is
 * done with only afterwards; one that is taken twice finds its runs there already.
 * @returns how many events; how many things were done outside
 */
export async function takeJourneyEvents(
  work: JourneyWork,
): Promise<{ readonly events: number; readonly performed: number }> {
  const { events } = work.engine.store;
  // What isn't part of its profile yet waits for that.
  const batch = await events
    .find({ forJourneys: true, pending: { $exists: false } })
    .sort({ receivedAt: 1, _id: 1 })
    .limit(BATCH)
    .lean<EventDocument[]>();
  let performed = 0;
  for (const wave of wavesOf(batch)) {
    const byCustomer = new Map(wave.map((event) => [event.customerId, event]));
    performed += await tellRuns(work, byCustomer);
    performed += await startRuns(work, byCustomer);
  }
  if (batch.length > 0) {
    const done = { _id: { $in: batch.map(({ _id }) => _id) } };
    await events.updateMany(done, { $unset: { forJourneys: '' } });
  }
  return { events: batch.length, performed };
}
