import type { InboundEvent } from '@segue/integrations';
import type { ImportCheckpoint } from './import-checkpoint.js';

/** Stores events, each once by its messageId, before it answers. */
export type IngestPort = (
  events: readonly InboundEvent[],
) => Promise<{ readonly accepted: number; readonly duplicates: number }>;

export type EventWriterOptions = {
  readonly ingest: IngestPort;
  readonly save: (checkpoint: ImportCheckpoint) => Promise<void>;
  readonly from: ImportCheckpoint;
  readonly batchSize: number;
};

export type EventWriter = {
  readonly checkpoint: ImportCheckpoint;
  /** Takes events in the file's order; waits while a batch is being stored and another is ready. */
  write(events: readonly InboundEvent[]): Promise<void>;
  /** Stores what is left. */
  flush(): Promise<void>;
  /** Waits until no batch is being stored any more, whatever became of it. */
  idle(): Promise<void>;
};

/**
 * Stores events in batches, one at a time and in order, while the next is being read. Events that earlier runs have
 * stored, told by their number alone, are passed over: reading is deterministic.
 */
export function createEventWriter({ ingest, save, from, batchSize }: EventWriterOptions): EventWriter {
  let checkpoint = from;
  let toSkip = from.eventsDone;
  let waiting: InboundEvent[] = [];
  let storing: Promise<void> = Promise.resolve();

  const store = async (batch: readonly InboundEvent[]): Promise<void> => {
    const { accepted, duplicates } = await ingest(batch);
    checkpoint = {
      ...checkpoint,
      eventsDone: checkpoint.eventsDone + batch.length,
      accepted: checkpoint.accepted + accepted,
      duplicates: checkpoint.duplicates + duplicates,
    };
    await save(checkpoint);
  };

  const startStoring = async (batch: readonly InboundEvent[]): Promise<void> => {
    await storing;
    storing = store(batch);
    // A fault is thrown by the next `await storing`; until then it must not count as unhandled.
    storing.catch(() => undefined);
  };

  return {
    get checkpoint() {
      return checkpoint;
    },
    async write(events) {
      const skipped = Math.min(toSkip, events.length);
      toSkip -= skipped;
      waiting.push(...events.slice(skipped));
      while (waiting.length >= batchSize) {
        await startStoring(waiting.slice(0, batchSize));
        waiting = waiting.slice(batchSize);
      }
    },
    async flush() {
      if (waiting.length > 0) await startStoring(waiting);
      waiting = [];
      await storing;
    },
    idle: () => storing.catch(() => undefined),
  };
}
