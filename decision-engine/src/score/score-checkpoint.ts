import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const checkpointSchema = z.object({
  format: z.literal(1),
  model: z.string(),
  version: z.string(),
  /** As of when customers are scored: the same for all of a run, however often it is taken up again. */
  now: z.coerce.date(),
  /** The last customer that is in the file. */
  after: z.string(),
  /** How long the file is up to there. */
  bytes: z.int().min(0),
  rows: z.int().min(0),
});
export type ScoreCheckpoint = Omit<z.output<typeof checkpointSchema>, 'format'>;

function fileOf(out: string): string {
  return `${out}.progress`;
}

/** Null where there is none. @throws Error where the file isn't ours */
export async function readScoreCheckpoint(out: string): Promise<ScoreCheckpoint | null> {
  const text = await readFile(fileOf(out), 'utf8').catch(() => null);
  if (text === null) return null;
  const parsed = checkpointSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${fileOf(out)} is not ours. Delete it to begin anew.`);
  const { format: _, ...checkpoint } = parsed.data;
  return checkpoint;
}

export async function writeScoreCheckpoint(out: string, checkpoint: ScoreCheckpoint): Promise<void> {
  const draft = `${fileOf(out)}.part`;
  await writeFile(draft, JSON.stringify({ format: 1, ...checkpoint }));
  await rename(draft, fileOf(out));
}

export async function removeScoreCheckpoint(out: string): Promise<void> {
  await rm(fileOf(out), { force: true });
}
