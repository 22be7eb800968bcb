import { type InboundEvent, parseSegmentMessage } from '@segue/integrations';
import { generateDemoEvents } from '../demo-shop/index.js';
import { ingestEvents } from '../events/ingest-events.js';
import { readNote, writeNote } from '../store/notes.js';
import type { Store } from '../store/store.js';

export type PlayedYear = { readonly start: Date; readonly end: Date };
export type SeedProgress = (done: number, note: string) => void;

export const DEMO_SEED = 20_260;
const DAYS = 365;
const BATCH = 500;
const STARTED = 'demo-shop:started';
const FINISHED = 'demo-shop:finished';

/**
 * Fills an empty database with a year of the demo shop, ending now. A start that was cut off goes on with the same
 * year: the moment it ends is noted before the first event.
 * @returns the year that was played; null where the shop isn't in this database
 */
export async function seedDemoShop(
  store: Store,
  {
    customers,
    now,
    onProgress,
  }: { readonly customers: number; readonly now: Date; readonly onProgress: SeedProgress },
): Promise<PlayedYear | null> {
  const begun = await readNote(store, STARTED);
  if (begun === null && (await store.events.estimatedDocumentCount()) > 0) return null;
  const end = begun === null ? now : new Date(begun);
  const start = new Date(end.getTime() - DAYS * 86_400_000);
  if ((await readNote(store, FINISHED)) !== null) return { start, end };
  if (begun === null) await writeNote(store, { name: STARTED, text: end.toISOString(), at: now });

  let stored = 0;
  let batch: InboundEvent[] = [];
  const flush = async (): Promise<void> => {
    stored += (await ingestEvents(store, batch)).accepted;
    batch = [];
  };
  for (const message of generateDemoEvents({ seed: DEMO_SEED, customers, start, end, liveEnding: true })) {
    const parsed = parseSegmentMessage(message, { receivedAt: new Date(message.timestamp) });
    if (!parsed.ok)
      throw new Error(`The demo shop sent a message we refuse: ${JSON.stringify(parsed.issues)}`);
    batch.push(parsed.event);
    if (batch.length < BATCH) continue;
    await flush();
    onProgress(
      (parsed.event.timestamp.getTime() - start.getTime()) / (end.getTime() - start.getTime()),
      `${stored} events`,
    );
  }
  await flush();
  await writeNote(store, { name: FINISHED, text: `${stored} events of ${customers} customers`, at: now });
  return { start, end };
}
