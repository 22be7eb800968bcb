import { type ByteSource, CDNOW_FORMAT, type InboundEvent, type RejectedRow } from '@segue/integrations';
import { describe, expect, it } from 'vitest';
import type { ImportCheckpoint } from './import-checkpoint.js';
import { type RunImportOptions, runImport } from './run-import.js';

const NOW = new Date('2025-06-01T12:00:00Z');

/** A file in memory, in chunks of one line and a half, so that lines are cut. */
function fileOf(text: string, chunkBytes = 40): ByteSource {
  const bytes = new TextEncoder().encode(text);
  return {
    totalBytes: bytes.length,
    async *read(onBytes) {
      for (let start = 0; start < bytes.length; start += chunkBytes) {
        const chunk = bytes.subarray(start, start + chunkBytes);
        onBytes(chunk.length);
        yield chunk;
      }
    },
  };
}

const row = (customer: number) => ` ${String(customer).padStart(5, '0')} 19970101  1   ${customer}.50\n`;
const rowsOf = (count: number) => Array.from({ length: count }, (_, i) => row(i + 1)).join('');

/** A database and a disk in memory, which outlive a run that is killed. */
function installation() {
  const events = new Map<string, InboundEvent>();
  const checkpoints = new Map<string, ImportCheckpoint>();
  const rejected: { unfinished: RejectedRow[]; result: readonly RejectedRow[] | undefined } = {
    unfinished: [],
    result: undefined,
  };
  let ingests = 0;
  const options = (source: ByteSource, changes: Partial<RunImportOptions> = {}): RunImportOptions => {
    rejected.unfinished = [];
    return {
      source,
      format: CDNOW_FORMAT,
      async ingest(batch) {
        ingests += 1;
        const fresh = batch.filter(({ messageId }) => !events.has(messageId));
        for (const event of fresh) events.set(event.messageId, event);
        return { accepted: fresh.length, duplicates: batch.length - fresh.length };
      },
      checkpoints: {
        load: async (key) => checkpoints.get(key),
        save: async (key, checkpoint) => void checkpoints.set(key, checkpoint),
      },
      rejected: {
        write: async (rows) => void rejected.unfinished.push(...rows),
        commit: async () => {
          rejected.result = [...rejected.unfinished];
        },
      },
      now: () => NOW,
      signal: new AbortController().signal,
      batchSize: 10,
      ...changes,
    };
  };
  return { events, checkpoints, rejected, options, ingestCount: () => ingests };
}

class Killed extends Error {}

/** Lets the first `calls` calls of a port through and then the process "dies": this call and all after it. */
function dyingAfter<Args extends unknown[], Result>(calls: number, port: (...args: Args) => Promise<Result>) {
  let left = calls;
  return async (...args: Args): Promise<Result> => {
    left -= 1;
    if (left < 0) throw new Killed();
    return port(...args);
  };
}

describe('runImport', () => {
  it('stores every event once, in order, and counts what it read', async () => {
    const { events, rejected, options } = installation();
    const outcome = await runImport(options(fileOf(`${rowsOf(25)}broken row\n${row(3)}`)));
    expect(outcome).toEqual({
      status: 'imported',
      resumedAtEvent: 0,
      counts: {
        rows: 27,
        orders: 26,
        customers: 25,
        guestOrders: 0,
        rejected: 1,
        accepted: 26,
        duplicates: 0,
      },
    });
    expect([...events.values()].slice(0, 25).map(({ userId }) => Number(userId))).toEqual(
      Array.from({ length: 25 }, (_, i) => i + 1),
    );
    expect(rejected.result?.map(({ line }) => line)).toEqual([26]);
  });

  it('changes nothing and says so when a finished import is repeated', async () => {
    const { options, ingestCount } = installation();
    await runImport(options(fileOf(rowsOf(25))));
    const before = ingestCount();
    const again = await runImport(options(fileOf(rowsOf(25)), { now: () => new Date('2026-01-01') }));
    expect(again).toMatchObject({
      status: 'already-imported',
      finishedAt: NOW,
      counts: { orders: 25, accepted: 25 },
    });
    expect(ingestCount()).toBe(before);
  });

  it('goes through the file again when told, and finds it all stored', async () => {
    const { events, options } = installation();
    await runImport(options(fileOf(rowsOf(25))));
    const stored = new Map(events);
    const again = await runImport(
      options(fileOf(rowsOf(25)), { again: true, now: () => new Date('2026-01-01') }),
    );
    expect(again).toMatchObject({ status: 'imported', counts: { accepted: 0, duplicates: 25 } });
    expect(events).toEqual(stored);
  });

  it('imports a file that has changed, of which only what is new is stored', async () => {
    const { options } = installation();
    await runImport(options(fileOf(rowsOf(25))));
    const more = await runImport(options(fileOf(rowsOf(30))));
    expect(more).toMatchObject({
      status: 'imported',
      resumedAtEvent: 0,
      counts: { accepted: 5, duplicates: 25 },
    });
  });

  it('leaves the state of one clean run when it is killed anywhere and run again', async () => {
    const file = () => fileOf(`${rowsOf(35)}bad\nworse\n${row(1)}`);
    const clean = installation();
    await runImport(clean.options(file()));
    const kills = [0, 1, 2, 3].flatMap((calls) => [
      { calls, port: 'ingest' as const },
      { calls, port: 'save' as const },
    ]);
    for (const { calls, port } of kills) {
      const place = installation();
      const { ingest, checkpoints, ...rest } = place.options(file());
      const dying =
        port === 'ingest'
          ? { ...rest, checkpoints, ingest: dyingAfter(calls, ingest) }
          : { ...rest, ingest, checkpoints: { ...checkpoints, save: dyingAfter(calls, checkpoints.save) } };
      await expect(runImport(dying)).rejects.toBeInstanceOf(Killed);
      const later = { now: () => new Date('2025-06-01T13:00:00Z') };
      const outcome = await runImport(place.options(file(), port === 'save' && calls === 0 ? {} : later));
      expect(outcome, `killed at call ${calls} of ${port}`).toMatchObject({
        status: 'imported',
        counts: { rows: 38, orders: 36, rejected: 2 },
      });
      expect([...place.events], `killed at call ${calls} of ${port}`).toEqual([...clean.events]);
      expect(place.rejected.result).toEqual(clean.rejected.result);
    }
  });

  it('does not store again what the run before stored', async () => {
    const place = installation();
    const { checkpoints, ...rest } = place.options(fileOf(rowsOf(50)));
    // The start and three batches are on record when it dies.
    const dying = { ...rest, checkpoints: { ...checkpoints, save: dyingAfter(4, checkpoints.save) } };
    await expect(runImport(dying)).rejects.toBeInstanceOf(Killed);
    const outcome = await runImport(place.options(fileOf(rowsOf(50))));
    expect(outcome).toMatchObject({ resumedAtEvent: 30, counts: { accepted: 40, duplicates: 10 } });
  });

  it('stops at the signal with everything on record, and goes on from there', async () => {
    const place = installation();
    const stop = new AbortController();
    const { ingest, ...rest } = place.options(fileOf(rowsOf(50)), { signal: stop.signal });
    const stopping: RunImportOptions = {
      ...rest,
      async ingest(batch) {
        stop.abort();
        return ingest(batch);
      },
    };
    const outcome = await runImport(stopping);
    expect(outcome).toEqual({ status: 'interrupted', eventsDone: place.events.size });
    expect(place.events.size).toBeGreaterThanOrEqual(10);
    expect(place.events.size).toBeLessThan(50);
    expect(await runImport(place.options(fileOf(rowsOf(50))))).toMatchObject({
      status: 'imported',
      counts: { accepted: 50, duplicates: 0 },
    });
  });

  it('never has more than one batch on its way', async () => {
    const { options } = installation();
    let onTheirWay = 0;
    let most = 0;
    await runImport(
      options(fileOf(rowsOf(100)), {
        async ingest(batch) {
          onTheirWay += 1;
          most = Math.max(most, onTheirWay);
          await new Promise((resolve) => setImmediate(resolve));
          onTheirWay -= 1;
          return { accepted: batch.length, duplicates: 0 };
        },
      }),
    );
    expect(most).toBe(1);
  });

  it('tells how far it is, twice through the file', async () => {
    const { options } = installation();
    const seen: string[] = [];
    const source = fileOf(rowsOf(4), 64);
    await runImport(
      options(source, {
        onProgress: ({ phase, bytesRead, totalBytes }) => seen.push(`${phase} ${bytesRead}/${totalBytes}`),
      }),
    );
    expect(seen).toEqual([
      'checking 64/104',
      'checking 104/104',
      'importing 64/104',
      'importing 104/104',
      'importing 104/104',
    ]);
  });

  it('does not hold a file for done of which nothing could be read', async () => {
    const { options } = installation();
    const wrong = () => options(fileOf('a,b\n1,2\n'));
    expect(await runImport(wrong())).toMatchObject({
      status: 'imported',
      counts: { rows: 1, rejected: 1, orders: 0 },
    });
    expect(await runImport(wrong())).toMatchObject({ status: 'imported' });
  });

  it('says that a file is empty', async () => {
    await expect(runImport(installation().options(fileOf('\n\n')))).rejects.toThrow('The file has no rows.');
  });
});
