import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { type CustomerHistory, EVENT_TYPES } from '@segue/models';
import { z } from 'zod';

const headerSchema = z.object({
  format: z.literal(1),
  kind: z.literal('segue-histories'),
  window: z.object({ from: z.coerce.date(), to: z.coerce.date() }),
  /** What events don't tell of the actions. */
  actions: z.array(z.object({ actionId: z.string(), tags: z.array(z.string()) })),
});

/** The first line of a snapshot. */
export type SnapshotHeader = {
  readonly window: { readonly from: Date; readonly to: Date };
  readonly actions: readonly { readonly actionId: string; readonly tags: readonly string[] }[];
};

const historySchema = z.object({
  customerId: z.string(),
  events: z.array(
    z.object({
      messageId: z.string(),
      type: z.enum(EVENT_TYPES),
      name: z.string(),
      timestamp: z.coerce.date(),
      properties: z.record(z.string(), z.json()),
      context: z.record(z.string(), z.json()),
    }),
  ),
});

/** A file that is no snapshot of ours, or broken. */
export class SnapshotProblem extends Error {}

/** Writes histories as gzipped JSON lines: what a model was trained on, to train on exactly that again. @returns how many */
export async function writeSnapshot(
  file: string,
  header: SnapshotHeader,
  histories: AsyncIterable<CustomerHistory>,
): Promise<number> {
  let customers = 0;
  async function* lines(): AsyncGenerator<string> {
    const { window, actions } = header;
    yield `${JSON.stringify({ format: 1, kind: 'segue-histories', window, actions })}\n`;
    for await (const history of histories) {
      customers += 1;
      yield `${JSON.stringify(history)}\n`;
    }
  }
  await pipeline(lines, createGzip(), createWriteStream(file));
  return customers;
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const unzipped = source.pipe(createGunzip());
  source.once('error', (error) => unzipped.destroy(error));
  try {
    yield* createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY });
    // A cut file shows only here.
    if (unzipped.errored !== null) throw unzipped.errored;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SnapshotProblem(
      `${file} can't be read as a snapshot: ${why}. Make it again with --save-snapshot.`,
    );
  } finally {
    source.destroy();
  }
}

/** @throws SnapshotProblem where the file is missing or none of ours */
export async function readSnapshotHeader(file: string): Promise<SnapshotHeader> {
  for await (const line of linesOf(file)) {
    const parsed = headerSchema.safeParse(parseLine(line, file));
    if (parsed.success) return parsed.data;
    break;
  }
  throw new SnapshotProblem(`${file} is no snapshot of Segue. Make one with --save-snapshot.`);
}

/** The histories in a snapshot, one at a time. @throws SnapshotProblem where one is broken, with its line */
export async function* readSnapshot(file: string): AsyncGenerator<CustomerHistory> {
  let number = 0;
  for await (const line of linesOf(file)) {
    number += 1;
    if (number === 1) continue;
    const parsed = historySchema.safeParse(parseLine(line, file));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new SnapshotProblem(`${file}, line ${number}: ${issue?.path.join('.')}: ${issue?.message}`);
    }
    yield parsed.data;
  }
}

function parseLine(line: string, file: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new SnapshotProblem(`${file} is no snapshot of Segue: a line is not JSON.`);
  }
}
