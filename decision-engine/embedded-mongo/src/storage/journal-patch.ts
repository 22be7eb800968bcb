/** How a value differs from the one before it: all but its first bytes, `head` and `tail` are new. */
export interface Patch {
  /** Bytes that stay after the first {@link LENGTH}, which are always new: documents begin with their length. */
  readonly head: number;
  /** Bytes at the end that stay. */
  readonly tail: number;
  /** The first bytes, then those between head and tail. */
  readonly bytes: Buffer;
}

const LENGTH = 4;
/** Smaller values are written whole. */
const LEAST_BYTES = 1024;
const STEP = 512;

/** How many bytes are the same from these places on, at most `most`. */
function sameFrom(a: Buffer, b: Buffer, { at, most }: { at: number; most: number }): number {
  let same = 0;
  while (same < most) {
    const step = Math.min(STEP, most - same);
    const start = at + same;
    if (a.compare(b, start, start + step, start, start + step) !== 0) break;
    same += step;
  }
  while (same < most && a[at + same] === b[at + same]) same++;
  return same;
}

/** How many bytes before the ends are the same, at most `most`. */
function sameBefore(a: Buffer, b: Buffer, most: number): number {
  let same = 0;
  while (same < most) {
    const step = Math.min(STEP, most - same);
    const [endA, endB] = [a.length - same, b.length - same];
    if (a.compare(b, endB - step, endB, endA - step, endA) !== 0) break;
    same += step;
  }
  while (same < most && a[a.length - same - 1] === b[b.length - same - 1]) same++;
  return same;
}

/** The patch that makes `after` out of `before`; undefined where it would save less than half. */
export function patchOf(before: Buffer, after: Buffer): Patch | undefined {
  const shorter = Math.min(before.length, after.length);
  if (shorter < LEAST_BYTES) return undefined;
  const head = sameFrom(before, after, { at: LENGTH, most: shorter - LENGTH });
  const tail = sameBefore(before, after, shorter - LENGTH - head);
  const between = after.subarray(LENGTH + head, after.length - tail);
  if (between.length > after.length / 2) return undefined;
  return { head, tail, bytes: Buffer.concat([after.subarray(0, LENGTH), between]) };
}

/** @throws RangeError where the value before is not the one the patch was made for */
export function patched(before: Buffer | undefined, { head, tail, bytes }: Patch): Buffer {
  if (before === undefined || before.length < LENGTH + head + tail)
    throw new RangeError(
      `Expected a value of at least ${LENGTH + head + tail} bytes before the journal's patch, got ${before?.length ?? 'none'}`,
    );
  return Buffer.concat([
    bytes.subarray(0, LENGTH),
    before.subarray(LENGTH, LENGTH + head),
    bytes.subarray(LENGTH),
    before.subarray(before.length - tail),
  ]);
}
