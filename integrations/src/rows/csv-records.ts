import { parse } from 'csv-parse/sync';
import type { SourceLine } from './lines.js';
import { UNREADABLE } from './lines.js';
import { type RejectedRow, rejectRow } from './rejected-row.js';

export type CsvRecord = { readonly line: number; readonly raw: string; readonly fields: readonly string[] };

export type CsvSink = {
  record(record: CsvRecord): void;
  rejected(row: RejectedRow): void;
};

/** A quoted field may hold line breaks, but one left open by mistake must not swallow the rest of the file. */
const MAX_LINES_IN_A_RECORD = 100;

/** Whether the record goes on in the next line: a field that began with a quote has not been closed. */
function endsInsideQuotes(text: string, delimiter: string): boolean {
  let quoted = false;
  let atFieldStart = true;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (quoted) {
      if (character === '"' && text.charAt(i + 1) === '"') i += 1;
      else if (character === '"') quoted = false;
    } else {
      quoted = atFieldStart && character === '"';
      atFieldStart = character === delimiter;
    }
  }
  return quoted;
}

function parseQuoted(text: string, delimiter: string): readonly string[] | undefined {
  try {
    const records: string[][] = parse(text, { delimiter, relax_quotes: true, relax_column_count: true });
    return records.length === 1 ? records[0] : undefined;
  } catch {
    return undefined;
  }
}

function unreadable(first: SourceLine, raw: string): string | undefined {
  if (first.tooLong) return 'the line is longer than 1,000,000 characters';
  return raw.includes(UNREADABLE) ? 'it is not text in the expected encoding' : undefined;
}

export type CsvReader = {
  push(line: SourceLine, sink: CsvSink): void;
  end(sink: CsvSink): void;
};

/**
 * Puts lines together into CSV records (RFC 4180; blank lines are passed over). Lines without a quote, nearly all of
 * them, are simply split; the others go through csv-parse, joined until their quotes are closed. Where a quote is never
 * closed, its first line alone is rejected and reading goes on at the next.
 * @param delimiter one character
 */
export function createCsvReader(delimiter: string): CsvReader {
  let open: SourceLine[] = [];

  const finish = (lines: readonly SourceLine[], sink: CsvSink): void => {
    const [first] = lines;
    if (!first) return;
    const raw = lines.length === 1 ? first.text : lines.map(({ text }) => text).join('\n');
    const source = { line: first.number, raw };
    const reason = unreadable(first, raw);
    const fields = raw.includes('"') ? parseQuoted(raw, delimiter) : raw.split(delimiter);
    if (reason === undefined && fields) sink.record({ ...source, fields });
    else sink.rejected(rejectRow(source, reason ?? 'its quotes do not match'));
  };

  const giveUp = (sink: CsvSink): void => {
    const [first, ...rest] = open;
    open = [];
    if (!first) return;
    sink.rejected(
      rejectRow({ line: first.number, raw: first.text }, 'a quote in it is opened and never closed'),
    );
    for (const line of rest) push(line, sink);
  };

  const start = (line: SourceLine, sink: CsvSink): void => {
    if (line.text.trim() === '') return;
    const goesOn = !line.tooLong && line.text.includes('"') && endsInsideQuotes(line.text, delimiter);
    if (goesOn) open = [line];
    else finish([line], sink);
  };

  const goOn = (line: SourceLine, sink: CsvSink): void => {
    open.push(line);
    const text = open.map((each) => each.text).join('\n');
    if (line.text.includes('"') && !endsInsideQuotes(text, delimiter)) {
      const lines = open;
      open = [];
      finish(lines, sink);
    } else if (open.length >= MAX_LINES_IN_A_RECORD || line.tooLong) {
      giveUp(sink);
    }
  };

  const push = (line: SourceLine, sink: CsvSink): void => {
    if (open.length === 0) start(line, sink);
    else goOn(line, sink);
  };

  return {
    push,
    end: (sink) => {
      while (open.length > 0) giveUp(sink);
    },
  };
}
