import { z } from 'zod';

const running = z.object({ uri: z.string() }).nullish();

/** The embedded store that another command of ours runs on this folder, or `null`. */
export async function findRunningStore(folder: string): Promise<{ readonly uri: string } | null> {
  const store: object = await import('@segue/embedded-mongo');
  if (!('readRunningStore' in store) || typeof store.readRunningStore !== 'function') return null;
  return running.parse(await store.readRunningStore(folder)) ?? null;
}
