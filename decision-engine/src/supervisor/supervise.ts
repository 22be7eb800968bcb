import { join } from 'node:path';
import { type ConsoleProgram, startConsole } from './console-process.js';
import { startEngine } from './engine-process.js';
import { type LogFile, openLogFile } from './log-file.js';
import type { PhaseDisplay } from './phase-display.js';
import { portState } from './ports.js';
import type { ProductPart } from './product-part.js';
import type { DatabaseRequest, ResolvedDatabase } from './resolve-database.js';
import type { SupervisorConfig } from './supervisor-config.js';
import { portForbidden, portTaken, productIsUp } from './terminal-text.js';

export type Product = {
  readonly config: SupervisorConfig;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly engine: { readonly script: string; readonly args: readonly string[] };
  readonly consoleProgram: ConsoleProgram;
  readonly resolveDatabase: (request: DatabaseRequest) => Promise<ResolvedDatabase>;
  readonly display: PhaseDisplay;
  /** Standard output: the addresses and the first password. */
  readonly say: (text: string) => void;
  /** Aborted when the operator wants it to stop. */
  readonly stop: AbortSignal;
  /** Milliseconds. */
  readonly now: () => number;
  /** Deadlines, in milliseconds, after which a part is killed. */
  readonly stopsWithin: { readonly console: number; readonly engine: number };
};

type Started = {
  database?: ResolvedDatabase;
  engine?: ProductPart;
  console?: ProductPart;
  readonly logs: LogFile[];
};

/**
 * Runs the whole product until it is told to stop or a part of it fails: database, engine, console; stopped the other
 * way round.
 *
 * @returns the exit code: 0 after a stop that was asked for, else 1
 */
export async function supervise(product: Product): Promise<0 | 1> {
  const started: Started = { logs: [] };
  const asked = new Promise<null>((fulfil) => {
    if (product.stop.aborted) fulfil(null);
    product.stop.addEventListener('abort', () => fulfil(null), { once: true });
  });
  let problem: string | null;
  try {
    problem = await run(product, started, asked);
  } catch (error) {
    problem = product.stop.aborted ? null : messageOf(error);
  }
  product.display.end();
  if (problem !== null) product.display.line(problem);
  await stopAll(started, product);
  return problem === null ? 0 : 1;
}

/** @returns what went wrong, or `null` after a stop that was asked for */
async function run(product: Product, started: Started, asked: Promise<null>): Promise<string | null> {
  const { config, display, env } = product;
  const began = product.now();
  const busy = await portProblem(config);
  if (busy !== null) return busy;
  const database = await product.resolveDatabase({ ...config, env, join: false, signal: product.stop });
  started.database = database;
  display.line(database.note);
  if (product.stop.aborted) return null;

  const logFolder = join(config.dataFolder, 'logs');
  const log = (name: string) => {
    const file = openLogFile(join(logFolder, name));
    started.logs.push(file);
    return file;
  };
  const engine = startEngine({
    ...product.engine,
    config,
    databaseUri: database.uri,
    env,
    log: log('engine.log'),
    display,
    say: product.say,
  });
  started.engine = engine;
  const console = startConsole({ program: product.consoleProgram, config, env, log: log('console.log') });
  started.console = console;

  const ending = Promise.race([asked, database.failed, engine.failed, console.failed]);
  const up = Promise.all([engine.up, console.up]).then(([apiUrl, consoleUrl]) => ({ apiUrl, consoleUrl }));
  const first = await Promise.race([ending, up]);
  if (first === null || typeof first === 'string') return first;
  product.say(
    productIsUp({ ...first, dataFolder: config.dataFolder, logFolder, tookMs: product.now() - began }),
  );
  return ending;
}

async function stopAll({ database, engine, console, logs }: Started, product: Product): Promise<void> {
  const { display, stopsWithin } = product;
  if (database === undefined) return;
  display.line('Stopping.');
  await console?.process.stop(stopsWithin.console);
  await engine?.process.stop(stopsWithin.engine);
  await database.close();
  for (const log of logs) log.close();
  display.line('Stopped.');
}

async function portProblem({ host, port, consolePort }: SupervisorConfig): Promise<string | null> {
  const wanted = [
    { variable: 'PORT', number: port },
    { variable: 'CONSOLE_PORT', number: consolePort },
  ];
  for (const { variable, number } of wanted) {
    switch (await portState(number, host)) {
      case 'free':
        continue;
      case 'taken':
        return portTaken(variable, number);
      case 'forbidden':
        return portForbidden(variable, number);
    }
  }
  return null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
