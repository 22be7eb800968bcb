import { createServer, type Server, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { credentialsOf } from './auth/scram.js';
import { docOf, type Value } from './bson/value.js';
import type { Client, ServerState } from './commands/command.js';
import { Cursors } from './commands/cursors.js';
import { Dispatcher } from './commands/dispatch.js';
import { RetriedWrites } from './commands/retryable-writes.js';
import { Housekeeping } from './housekeeping.js';
import { Connection } from './protocol/connection.js';
import { Catalog } from './storage/catalog.js';
import { takeFolder } from './storage/lock.js';

export interface EmbeddedMongoOptions {
  /** The folder of the data; made if it is missing. */
  readonly dataDir: string;
  /** Where it listens; 127.0.0.1 unless told. */
  readonly host?: string;
  /** 0 takes a free port. */
  readonly port?: number;
  /** With a user, clients have to prove by SCRAM-SHA-256 that they know the password. */
  readonly user?: string;
  readonly password?: string;
  readonly log?: (line: string) => void;
}

export interface EmbeddedMongo {
  readonly host: string;
  readonly port: number;
  /** The connection string, without the password. */
  readonly uri: string;
  /** Commits what is open, closes all connections and gives the folder back. */
  close(): Promise<void>;
}

/**
 * Starts a server in this process.
 * @throws Error when another process holds the folder, or the port is taken.
 */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const { host = '127.0.0.1', port = 0, log = () => undefined } = options;
  if (options.user !== undefined && !options.password)
    throw new Error('Expected "password" to be given with "user"');
  const dataDir = resolve(options.dataDir);
  const folder = takeFolder(dataDir);
  let catalog: Catalog | undefined;
  try {
    catalog = new Catalog(dataDir);
    const state = serverState(options, { host, dataDir });
    const cursors = new Cursors();
    const dispatcher = new Dispatcher({
      context: { catalog, cursors, server: state },
      retried: new RetriedWrites(catalog.engine.meta),
      log,
    });
    const sockets = new Set<Socket>();
    const server = createServer({ noDelay: true }, (socket) =>
      accept(socket, { sockets, dispatcher, state, log }),
    );
    state.port = await listen(server, port, host);
    const housekeeping = new Housekeeping(catalog, cursors, { state, log });
    const uri = `mongodb://${host.includes(':') ? `[${host}]` : host}:${state.port}/`;
    folder.publish({ host, port: state.port, uri });
    const open = catalog;
    let closing: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      housekeeping.stop();
      const closed = new Promise((done) => server.close(done));
      for (const socket of sockets) socket.destroy();
      await closed;
      cursors.closeAll();
      await open.close();
      folder.release();
    };
    return { host, port: state.port, uri, close: () => (closing ??= close()) };
  } catch (fault) {
    await catalog?.close();
    folder.release();
    throw fault;
  }
}

function serverState(
  options: EmbeddedMongoOptions,
  { host, dataDir }: { host: string; dataDir: string },
): ServerState {
  const { user, password } = options;
  return {
    startedAt: new Date(),
    host: host === '127.0.0.1' ? host : hostname(),
    port: 0,
    dataDir,
    credentials: user !== undefined && password ? credentialsOf(user, password) : undefined,
    connections: 0,
    counters: { insert: 0, query: 0, update: 0, delete: 0, getmore: 0, command: 0 },
    parameters: new Map<string, Value>([
      ['featureCompatibilityVersion', docOf([['version', '8.0']])],
      ['authenticationMechanisms', ['SCRAM-SHA-256']],
      ['enableTestCommands', true],
      ['requireApiVersion', false],
      ['ttlMonitorEnabled', true],
      ['ttlMonitorSleepSecs', 60],
    ]),
    now: () => new Date(),
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((done, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: 4096 }, () => {
      server.off('error', reject);
      const address = server.address();
      done(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}

let connectionIds = 0;

function accept(
  socket: Socket,
  {
    sockets,
    dispatcher,
    state,
    log,
  }: { sockets: Set<Socket>; dispatcher: Dispatcher; state: ServerState; log: (line: string) => void },
): void {
  const closed = new AbortController();
  const client: Client = {
    id: ++connectionIds,
    authenticated: false,
    sasl: undefined,
    appName: undefined,
    closed: closed.signal,
  };
  sockets.add(socket);
  state.connections++;
  socket.on('close', () => {
    sockets.delete(socket);
    state.connections--;
    closed.abort();
  });
  new Connection(socket, (request) => dispatcher.answer(request, client), log);
}
