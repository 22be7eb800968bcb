import {
  latestRevision,
  type RevisionWritten,
  readRevision,
  writeRevision,
} from '../catalogue-store/catalogue-revisions.js';
import type { Engine } from '../engine/engine.js';

export type SegmentToSave = {
  readonly segmentId: string;
  readonly name: string;
  readonly description: string;
  readonly when: unknown;
  readonly author: string;
  readonly note?: string | undefined;
};

/** Puts a segment, new or changed, in force, as a new revision of the catalogue it is part of. */
export async function saveSegment(
  engine: Engine,
  { author, note, ...segment }: SegmentToSave,
): Promise<RevisionWritten> {
  const { store } = engine;
  const basedOn = await latestRevision(store);
  const revision = await readRevision(store, basedOn);
  const before = revision?.content ?? { actions: [], policies: {}, segments: [] };
  const segments: unknown[] = Array.isArray(before.segments) ? before.segments : [];
  const isThis = (each: unknown): boolean => Reflect.get(Object(each), 'segmentId') === segment.segmentId;
  const written = await writeRevision(store, {
    content: {
      ...before,
      segments: segments.some(isThis)
        ? segments.map((each) => (isThis(each) ? segment : each))
        : [...segments, segment],
    },
    basedOn,
    author,
    now: engine.clock(),
    note: note ?? `Segment "${segment.segmentId}"`,
  });
  await engine.reloadRules();
  return written;
}
