import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { readRunningStore } from '@segue/embedded-mongo';
import { type DatabaseServerOptions, startDatabaseServer, withDatabaseName } from './database-server.js';
import { findMongod } from './find-mongod.js';
import { describeEnding } from './managed-process.js';
import { readRunningMongod } from './running-file.js';
import { type DatabaseConfig, loadDatabaseConfig } from './supervisor-config.js';

const READY_WITHIN_MS = 60_000;
const STOPS_WITHIN_MS = 20_000;
const OTHER_ENDS_WITHIN_MS = 10_000;
const ASK_EVERY_MS = 100;

/** Where the servers we start ourselves keep their files, under the data folder. */
export const storeFolders = {
  embedded: (dataFolder: string) => join(dataFolder, 'embedded-mongo'),
  mongod: (dataFolder: string) => join(dataFolder, 'mongod'),
} as const;

export type DatabaseKind = 'given' | 'mongod' | 'embedded';

/** The database to use, and how to let go of it. */
export type ResolvedDatabase = {
  readonly uri: string;
  readonly kind: DatabaseKind;
  /** One line for people: which server this is, and what it is not for. */
  readonly note: string;
  /** Settles with what happened if a server we started ends before `close`; otherwise never. */
  readonly failed: Promise<string>;
  /** Stops the server if we started it. */
  close(): Promise<void>;
};

export type DatabaseRequest = DatabaseConfig & {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a server that another command of ours runs on this data folder may be used: it can stop at any time. */
  readonly join: boolean;
  readonly signal?: AbortSignal;
  /** How long to wait for another command's server to end, in milliseconds, where it may not be joined. */
  readonly otherEndsWithin?: number;
  readonly onLine?: (line: string) => void;
  /** The programs that run the servers; tests hand in small ones. */
  readonly scripts?: { readonly keeper: string; readonly store: string };
};

const ownScripts = {
  keeper: fileURLToPath(new URL('./mongod-keeper.js', import.meta.url)),
  // The same file seen from `src/supervisor` and from `dist/supervisor`.
  store: fileURLToPath(new URL('../../embedded-mongo/dist/main.js', import.meta.url)),
};

/**
 * Chooses the database: the operator's own, else one that already runs on the data folder, else a `mongod` of this
 * machine, else the embedded store. A folder that was begun with the embedded store stays with it.
 *
 * @throws Error when a server should be started and can't be, also because another one goes on using the data folder
 */
export async function resolveDatabase(request: DatabaseRequest): Promise<ResolvedDatabase> {
  if (request.mongodbUri !== null) {
    return foreign(request.mongodbUri, 'given', 'Database: the server of MONGODB_URI.');
  }
  const running = await findRunning(request.dataFolder);
  if (running !== null && request.join) return running;
  if (running !== null) await untilNoneRuns(request);
  const mongod = await usableMongod(request);
  return mongod === null ? startEmbedded(request) : startMongod(request, mongod);
}

/**
 * Gives a command the database for as long as it works: joins the one that runs, else starts one and stops it afterwards.
 *
 * @param env the environment of the process
 * @param say is handed the line that says which server it is
 */
export async function withDatabase<Result>(
  env: DatabaseRequest['env'],
  say: (line: string) => void,
  work: (uri: string) => Promise<Result>,
): Promise<Result> {
  const database = await resolveDatabase({ ...loadDatabaseConfig(env), env, join: true });
  say(database.note);
  try {
    return await Promise.race([
      work(database.uri),
      database.failed.then((problem): never => {
        throw new Error(problem);
      }),
    ]);
  } finally {
    await database.close();
  }
}

function foreign(uri: string, kind: DatabaseKind, note: string): ResolvedDatabase {
  return { uri, kind, note, failed: new Promise(() => {}), close: async () => {} };
}

async function findRunning(dataFolder: string): Promise<ResolvedDatabase | null> {
  const mongod = readRunningMongod(storeFolders.mongod(dataFolder));
  if (mongod !== null) return foreign(mongod.uri, 'mongod', 'Database: the mongod that already runs here.');
  const store = await readRunningStore(storeFolders.embedded(dataFolder));
  if (store === null) return null;
  return foreign(
    withDatabaseName(store.uri),
    'embedded',
    'Database: the embedded store that already runs here.',
  );
}

/** The server of a product that was stopped a moment ago, or lost its supervisor, may still be ending. */
async function untilNoneRuns(request: DatabaseRequest): Promise<void> {
  const deadline = performance.now() + (request.otherEndsWithin ?? OTHER_ENDS_WITHIN_MS);
  while ((await findRunning(request.dataFolder)) !== null) {
    request.signal?.throwIfAborted();
    if (performance.now() > deadline) {
      throw new Error(
        `Another Segue command uses the data folder ${request.dataFolder}. Wait for it to end, or choose another folder: SEGUE_DATA=FOLDER npm start`,
      );
    }
    await wait(ASK_EVERY_MS);
  }
}

async function usableMongod(request: DatabaseRequest): Promise<string | null> {
  const begunEmbedded =
    existsSync(storeFolders.embedded(request.dataFolder)) &&
    !existsSync(storeFolders.mongod(request.dataFolder));
  if (begunEmbedded) return null;
  const { env } = request;
  return findMongod({
    path: env['PATH'] ?? '',
    caches: [
      ...(env['MONGOMS_DOWNLOAD_DIR'] === undefined ? [] : [env['MONGOMS_DOWNLOAD_DIR']]),
      fileURLToPath(new URL('../../../node_modules/.cache/mongodb-memory-server', import.meta.url)),
      join(homedir(), '.cache', 'mongodb-binaries'),
    ],
  });
}

function startMongod(request: DatabaseRequest, mongod: string): Promise<ResolvedDatabase> {
  const folder = storeFolders.mongod(request.dataFolder);
  return own('mongod', `Database: ${mongod}, with its data in ${folder}.`, {
    ...common(request),
    name: 'The database server (mongod)',
    script: (request.scripts ?? ownScripts).keeper,
    args: ['--mongod', mongod, '--data', folder],
  });
}

function startEmbedded(request: DatabaseRequest): Promise<ResolvedDatabase> {
  const folder = storeFolders.embedded(request.dataFolder);
  const note =
    'Database: the embedded store, for one machine and trying out. For production set MONGODB_URI to a MongoDB replica set.';
  return own('embedded', note, {
    ...common(request),
    name: 'The embedded store',
    script: (request.scripts ?? ownScripts).store,
    args: ['--port', '0', '--data', folder],
  });
}

function common(request: DatabaseRequest) {
  return {
    env: request.env,
    readyWithinMs: READY_WITHIN_MS,
    signal: request.signal,
    onLine: request.onLine ?? (() => {}),
  };
}

async function own(
  kind: DatabaseKind,
  note: string,
  options: DatabaseServerOptions,
): Promise<ResolvedDatabase> {
  const server = await startDatabaseServer(options);
  let closing = false;
  return {
    uri: server.uri,
    kind,
    note,
    failed: new Promise((fulfil) => {
      void server.process.ended.then((ending) => {
        if (closing) return;
        fulfil([`${options.name} ${describeEnding(ending)}.`, ...server.process.lastLines()].join('\n'));
      });
    }),
    async close() {
      closing = true;
      await server.process.stop(STOPS_WITHIN_MS);
    },
  };
}
