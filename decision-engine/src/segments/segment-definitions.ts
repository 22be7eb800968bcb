import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Engine } from '../engine/engine.js';
import { readNote, writeNote } from '../store/notes.js';
import type { Segment } from './segment.js';

const NOTE = 'segments:definitions';
const known = z.record(z.string(), z.object({ hash: z.string(), changedAt: z.coerce.date() }));

/** Since when each segment means what it means now. One that is gone stays, with the time it went. */
export type SegmentDefinitions = ReadonlyMap<string, { readonly hash: string; readonly changedAt: Date }>;

function hashOf({ when }: Segment): string {
  return createHash('sha256').update(JSON.stringify(when)).digest('hex').slice(0, 16);
}

async function readDefinitions({ store }: Pick<Engine, 'store'>): Promise<SegmentDefinitions> {
  const text = await readNote(store, NOTE);
  return new Map(text === null ? [] : Object.entries(known.parse(JSON.parse(text))));
}

/**
 * Finds out whether the segments in force mean something else than when it was last asked; then every customer has to be
 * looked at anew. Done twice, by two engines say, it does the same.
 */
export async function noticeSegmentChanges(
  engine: Pick<Engine, 'store' | 'rules' | 'clock'>,
): Promise<SegmentDefinitions> {
  const before = await readDefinitions(engine);
  const now = engine.clock();
  const current = new Map(engine.rules().segments.map((segment) => [segment.segmentId, hashOf(segment)]));
  const changed = new Map(
    [...new Set([...before.keys(), ...current.keys()])].map((segmentId) => {
      const hash = current.get(segmentId) ?? 'gone';
      const known = before.get(segmentId);
      return [segmentId, known?.hash === hash ? known : { hash, changedAt: now }];
    }),
  );
  const same = [...changed].every(([segmentId, { hash }]) => before.get(segmentId)?.hash === hash);
  if (same) return before;
  // Marked first: a crash in between marks them once more.
  await engine.store.customers.updateMany({ mergedInto: null }, { $set: { scoredAt: null } });
  const text = JSON.stringify(Object.fromEntries(changed));
  await writeNote(engine.store, { name: NOTE, text, at: now });
  return changed;
}
