/** A row that could not be taken, and why. */
export type RejectedRow = {
  /** The line it starts on, from 1. */
  readonly line: number;
  readonly reason: string;
  /** The row as it stands in the file, cut to {@link MAX_RAW_LENGTH} characters. */
  readonly raw: string;
};

const MAX_RAW_LENGTH = 2_000;

export function rejectRow(
  source: { readonly line: number; readonly raw: string },
  reason: string,
): RejectedRow {
  const raw = source.raw.length > MAX_RAW_LENGTH ? `${source.raw.slice(0, MAX_RAW_LENGTH)}…` : source.raw;
  return { line: source.line, reason, raw };
}
