import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const startScript = fileURLToPath(new URL('../../decision-engine/launch/start.mjs', import.meta.url));
const STOPS_WITHIN_MS = 60_000;
const SHOWN_LOG_LINES = 40;

export type ProductOptions = {
  /** A data folder to go on with; a new one, removed at the end, unless told. */
  readonly dataFolder?: string;
  /** Settings on top of those of a small, still demo shop. */
  readonly env?: Readonly<Record<string, string>>;
  readonly readyWithinMs?: number;
};

/** The whole product as `npm start` runs it, on ports of its own. */
export type Product = {
  readonly apiUrl: string;
  readonly consoleUrl: string;
  readonly dataFolder: string;
  /** The first administrator; `null` where the data folder had one already. */
  readonly admin: { readonly email: string; readonly password: string } | null;
  readonly startedInMs: number;
  /** The supervisor's process id. */
  readonly pid: number;
  /** What it wrote to the terminal so far. */
  output(): string;
  /** Asks it to stop as Ctrl-C would; settles with its exit code. */
  stop(): Promise<number | null>;
  /** Kills the supervisor outright, as a crash would; its children have to notice by themselves. */
  kill(): Promise<void>;
};

/**
 * Starts the product and waits until it says that it is up.
 *
 * @throws Error with all it wrote and the ends of its logs, when it ends before that or takes too long
 */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const began = performance.now();
  const temporary = options.dataFolder === undefined;
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'segue product ')));
  const [port, consolePort] = await freePorts();
  const child = fork(startScript, [], {
    env: environment(
      { SEGUE_DATA: dataFolder, PORT: `${port}`, CONSOLE_PORT: `${consolePort}` },
      options.env,
    ),
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const text = collect(child);
  try {
    await text.until(/Ctrl-C stops all of it/, options.readyWithinMs ?? 240_000);
  } catch (error) {
    await end(child, 'SIGTERM');
    const logs = await logsOf(dataFolder);
    if (temporary) await rm(dataFolder, { recursive: true, force: true });
    throw new Error(`${error instanceof Error ? error.message : error}\n${text.all()}\n${logs}`);
  }
  const startedInMs = performance.now() - began;
  const found = (pattern: RegExp) => pattern.exec(text.all())?.[1];
  const email = found(/e-mail\s+(\S+)/);
  const password = found(/password\s+(\S+)/);
  return {
    apiUrl: found(/API\s+(http\S+)/) ?? `http://localhost:${port}`,
    consoleUrl: found(/Console\s+(http\S+)/) ?? `http://localhost:${consolePort}`,
    dataFolder,
    admin: email === undefined || password === undefined ? null : { email, password },
    startedInMs,
    pid: child.pid ?? 0,
    output: text.all,
    async stop() {
      const code = await end(child, 'SIGTERM');
      if (temporary) await rm(dataFolder, { recursive: true, force: true });
      return code;
    },
    kill: async () => void (await end(child, 'SIGKILL')),
  };
}

/** Nothing of the environment of the tests gets in: no database of the person who runs them, no NODE_ENV of vitest. */
function environment(
  own: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'SystemRoot', 'TEMP'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    NODE_ENV: 'production',
    ...Object.fromEntries(kept),
    SEGUE_DEMO_CUSTOMERS: '300',
    SEGUE_DEMO_LIVE: 'off',
    ...own,
    ...more,
  };
}

function collect(child: ChildProcess) {
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (const listener of listeners) listener();
    });
  }
  return {
    all: () => text,
    until: (pattern: RegExp, withinMs: number) =>
      new Promise<void>((fulfil, reject) => {
        const timer = setTimeout(() => settle(`It was not up within ${withinMs / 1000} s.`), withinMs);
        const ended = () => settle('It ended before it was up.');
        const look = () => (pattern.test(text) ? settle(null) : undefined);
        function settle(problem: string | null) {
          clearTimeout(timer);
          listeners.delete(look);
          child.off('close', ended);
          if (problem === null) fulfil();
          else reject(new Error(problem));
        }
        listeners.add(look);
        child.once('close', ended);
        look();
      }),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill(signal);
  const deadline = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
  await ended;
  clearTimeout(deadline);
  return child.exitCode;
}

async function freePorts(): Promise<[number, number]> {
  // Both are held open until both are known, so that they differ.
  const servers = [createServer(), createServer()] as const;
  const ports = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      return address !== null && typeof address === 'object' ? address.port : 0;
    }),
  );
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  const [first = 0, second = 0] = ports;
  return [first, second];
}

async function logsOf(dataFolder: string): Promise<string> {
  const folder = join(dataFolder, 'logs');
  const names = await readdir(folder).catch(() => []);
  const logs = await Promise.all(
    names.map(async (name) => {
      const lines = (await readFile(join(folder, name), 'utf8')).trimEnd().split('\n');
      return `--- ${name}\n${lines.slice(-SHOWN_LOG_LINES).join('\n')}`;
    }),
  );
  return logs.join('\n');
}
