import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { DemoEvent } from '../demo-event.js';

export type WriteEvents = {
  /** A path, gzipped when it ends in `.gz`; standard output without one. */
  readonly out: string | undefined;
  readonly stdout: NodeJS.WritableStream;
  readonly signal: AbortSignal;
  readonly onEvent: (event: DemoEvent, count: number) => void;
};

const LINES_A_CHUNK = 200;

/** Writes events as JSON lines, as fast as the reader takes them. @returns how many */
export async function writeEvents(events: Iterable<DemoEvent>, to: WriteEvents): Promise<number> {
  let count = 0;
  async function* chunks(): AsyncGenerator<string> {
    let lines: string[] = [];
    for (const event of events) {
      count += 1;
      lines.push(`${JSON.stringify(event)}\n`);
      if (lines.length < LINES_A_CHUNK) continue;
      to.onEvent(event, count);
      yield lines.join('');
      lines = [];
    }
    yield lines.join('');
  }
  const { out, stdout, signal } = to;
  if (out === undefined) await pipeline(chunks, stdout, { signal, end: false });
  else if (out.endsWith('.gz')) await pipeline(chunks, createGzip(), createWriteStream(out), { signal });
  else await pipeline(chunks, createWriteStream(out), { signal });
  return count;
}
