import { z } from 'zod';
import { describeEnding, type ManagedProcess, type ProcessOptions, startProcess } from './managed-process.js';

const DATABASE = '/segue';
const STOPS_WITHIN_MS = 5_000;

const ready = z.object({ type: z.literal('ready'), uri: z.string().startsWith('mongodb://') });

/** A database server we started, once it answers. */
export type DatabaseServer = { readonly uri: string; readonly process: ManagedProcess };

export type DatabaseServerOptions = Pick<ProcessOptions, 'name' | 'script' | 'args' | 'env' | 'onLine'> & {
  readonly readyWithinMs: number;
  /** Gives up the start. */
  readonly signal?: AbortSignal | undefined;
};

/**
 * Starts a database server and waits for its word that it is ready.
 *
 * @throws Error with the server's own last lines when it ends before that, or is not ready in time
 */
export async function startDatabaseServer(options: DatabaseServerOptions): Promise<DatabaseServer> {
  const { readyWithinMs, signal, ...rest } = options;
  let server: ManagedProcess | undefined;
  const outcome = await new Promise<{ uri: string } | { problem: string }>((fulfil) => {
    const timer = setTimeout(
      () => fulfil({ problem: `was not ready within ${readyWithinMs / 1000} s` }),
      readyWithinMs,
    );
    signal?.addEventListener('abort', () => fulfil({ problem: 'was stopped while it started' }), {
      once: true,
    });
    server = startProcess({
      ...rest,
      stopBy: 'disconnect',
      onMessage(message) {
        const parsed = ready.safeParse(message);
        if (parsed.success) fulfil({ uri: parsed.data.uri });
        clearTimeout(timer);
      },
    });
    void server.ended.then((ending) => {
      fulfil({ problem: describeEnding(ending) });
      clearTimeout(timer);
    });
  });
  if (server === undefined) throw new Error(`${options.name} could not be started`);
  if ('uri' in outcome) return { uri: withDatabaseName(outcome.uri), process: server };
  await server.stop(STOPS_WITHIN_MS);
  throw new Error([`${options.name} ${outcome.problem}.`, ...server.lastLines()].join('\n'));
}

/** Names our database where an address names none; a driver would silently take `test`. */
export function withDatabaseName(uri: string): string {
  const match = /^(mongodb:\/\/[^/?]+)\/?(\?.*)?$/.exec(uri);
  return match === null ? uri : `${match[1]}${DATABASE}${match[2] ?? ''}`;
}
