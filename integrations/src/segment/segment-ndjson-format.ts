import type { FileReader, ImportFormat } from '../import/import-format.js';
import { rejectRow } from '../rows/rejected-row.js';
import { formatIssue } from './issue.js';
import { parseSegmentMessage } from './parse-segment-message.js';
import { parseTimestamp, TIMESTAMP_RULE } from './timestamp.js';

function parseLine(text: string): { ok: true; value: unknown } | { ok: false; reason: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, reason: error instanceof SyntaxError ? `Not JSON: ${error.message}` : String(error) };
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}

function createReader(importedAt: Date): FileReader {
  return {
    push(line, sink) {
      if (line.text.trim() === '') return;
      sink.row();
      const reject = (reason: string) =>
        sink.rejected(rejectRow({ line: line.number, raw: line.text }, reason));
      if (line.tooLong) return reject('the line is longer than 1,000,000 characters');
      const json = parseLine(line.text);
      if (!json.ok) return reject(json.reason);
      // An undated message would be dated to the import: nobody means that.
      if (parseTimestamp(field(json.value, 'timestamp')) === undefined) {
        return reject(`Expected "timestamp" to be ${TIMESTAMP_RULE}`);
      }
      const receivedAt = parseTimestamp(field(json.value, 'receivedAt')) ?? importedAt;
      const parsed = parseSegmentMessage(json.value, { receivedAt });
      if (parsed.ok) return sink.event(parsed.event);
      reject(parsed.issues.map(formatIssue).join('; '));
    },
    end: () => undefined,
  };
}

/** A file of Segment messages, one JSON object a line, each with its `type` and `timestamp`. */
export const SEGMENT_NDJSON_FORMAT: ImportFormat = {
  id: 'segment-ndjson',
  key: 'segment-ndjson@1',
  encoding: 'utf-8',
  createScan: () => ({
    push: () => undefined,
    end:
      () =>
      ({ receivedAt }) =>
        createReader(receivedAt),
  }),
};
