/** Segment's published limits, which its clients keep to. A KB is 1,024 bytes. */
export const SEGMENT_LIMITS = {
  eventBytes: 32 * 1024,
  batchBytes: 500 * 1024,
  batchEvents: 2_500,
} as const;

/** The size of a value as JSON in UTF-8 bytes; 0 for what JSON leaves out, Infinity for what nests too deep to write. */
export function jsonBytes(value: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(value) ?? '', 'utf8');
  } catch (error) {
    if (error instanceof RangeError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}
