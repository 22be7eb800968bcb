import { z } from 'zod';

const count = z.int().min(0);

export const importCountsSchema = z.object({
  /** Records in the file, bad ones included. */
  rows: count,
  orders: count,
  /** Different people in the file. */
  customers: count,
  /** Orders of nobody known, left out. */
  guestOrders: count,
  rejected: count,
  /** Events stored, over all runs of this import. */
  accepted: count,
  /** Events that had been stored before. */
  duplicates: count,
});

export type ImportCounts = z.output<typeof importCountsSchema>;

/** Whether a file gave nothing but rejected rows: the sign of a wrong format or mapping. */
export function tookNothing({ rejected, orders, customers, guestOrders }: ImportCounts): boolean {
  return rejected > 0 && orders === 0 && customers === 0 && guestOrders === 0;
}

/** How far an import has come, as plain data. Written after the events it counts are stored, never before. */
export const importCheckpointSchema = z.object({
  /** When the first run began; every run of one import receives its events at this time. */
  startedAt: z.iso.datetime(),
  /** Events from the file's beginning that are stored. */
  eventsDone: count,
  accepted: count,
  duplicates: count,
  finished: z.object({ at: z.iso.datetime(), counts: importCountsSchema }).nullable(),
});

export type ImportCheckpoint = z.output<typeof importCheckpointSchema>;

/** Where checkpoints are kept: in the same database as the events, so that the two can't part ways. */
export type CheckpointPort = {
  /** @returns `undefined` if no import of this key was ever begun */
  load(key: string): Promise<ImportCheckpoint | undefined>;
  save(key: string, checkpoint: ImportCheckpoint): Promise<void>;
};
