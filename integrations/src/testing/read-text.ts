import type { ImportFormat } from '../import/import-format.js';
import { createLineSplitter, type SourceLine } from '../rows/lines.js';
import type { RejectedRow } from '../rows/rejected-row.js';
import type { InboundEvent } from '../segment/inbound-event.js';

export type ReadText = {
  readonly events: readonly InboundEvent[];
  readonly orders: readonly InboundEvent[];
  readonly rejected: readonly RejectedRow[];
  readonly rows: number;
  readonly guestOrders: number;
};

export const RECEIVED_AT = new Date('2025-06-01T12:00:00Z');

function linesOf(content: string | Uint8Array, format: ImportFormat): SourceLine[] {
  const splitter = createLineSplitter(format.encoding);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  // In small pieces, so that lines and characters are cut at every possible place.
  const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, i) =>
    bytes.subarray(i * 7, i * 7 + 7),
  );
  return [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
}

/** Both passes of an import over a text, without a file. */
export function readText(content: string | Uint8Array, format: ImportFormat): ReadText {
  const lines = linesOf(content, format);
  const scan = format.createScan();
  for (const line of lines) scan.push(line);
  const reader = scan.end()({ receivedAt: RECEIVED_AT });
  const events: InboundEvent[] = [];
  const rejected: RejectedRow[] = [];
  let rows = 0;
  let guestOrders = 0;
  const sink = {
    row: () => {
      rows += 1;
    },
    event: (event: InboundEvent) => void events.push(event),
    rejected: (row: RejectedRow) => void rejected.push(row),
    guestOrder: () => {
      guestOrders += 1;
    },
  };
  for (const line of lines) reader.push(line, sink);
  reader.end(sink);
  return { events, orders: events.filter(({ type }) => type === 'track'), rejected, rows, guestOrders };
}
