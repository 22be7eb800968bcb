import type { Encoding, SourceLine } from '../rows/lines.js';
import type { RejectedRow } from '../rows/rejected-row.js';
import type { InboundEvent } from '../segment/inbound-event.js';

/** Where a reader puts what it finds, in the file's order. */
export type ImportSink = {
  /** One row (one message, one record) was read, taken or not. */
  row(): void;
  event(event: InboundEvent): void;
  rejected(row: RejectedRow): void;
  /** An order of nobody known was left out. */
  guestOrder(): void;
};

export type FileReader = {
  push(line: SourceLine, sink: ImportSink): void;
  end(sink: ImportSink): void;
};

export type FileScan = {
  push(line: SourceLine): void;
  /** Readies the second pass. */
  end(): (options: { readonly receivedAt: Date }) => FileReader;
};

/**
 * How one kind of file becomes events. A file is read twice: once to check and survey it, once to read it. Reading is
 * deterministic: the same file gives the same events with the same messageIds in the same order, which is what an
 * import interrupted at any point is resumed by.
 */
export type ImportFormat = {
  readonly id: string;
  /** Stands for everything that decides which events a file gives: format, its version, mapping, options. */
  readonly key: string;
  readonly encoding: Encoding;
  createScan(): FileScan;
};
