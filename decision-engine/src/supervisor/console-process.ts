import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { reachable, shown } from './addresses.js';
import type { LogFile } from './log-file.js';
import { startProcess } from './managed-process.js';
import { endingOf, type ProductPart } from './product-part.js';
import type { SupervisorConfig } from './supervisor-config.js';

const ASK_EVERY_MS = 100;
const ANSWERS_WITHIN_MS = 5_000;

/** How to run the console. */
export type ConsoleProgram = {
  readonly script: string;
  readonly args: readonly string[];
  /** Flags for Node itself. */
  readonly nodeArgs: readonly string[];
  readonly folder: string;
};

export type ConsoleOptions = {
  readonly program: ConsoleProgram;
  readonly config: SupervisorConfig;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: LogFile;
};

/** Starts the console and asks it until it answers. */
export function startConsole(options: ConsoleOptions): ProductPart {
  const { config, program } = options;
  const server = startProcess({
    name: 'The console',
    script: program.script,
    args: [...program.args, '--port', String(config.consolePort), '--hostname', config.host],
    nodeArgs: program.nodeArgs,
    cwd: program.folder,
    env: {
      ...options.env,
      // Next would read PORT too, and that is the engine's.
      PORT: String(config.consolePort),
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      SEGUE_API_PORT: String(config.port),
      SEGUE_API_URL: `http://${reachable(config.host)}:${config.port}`,
    },
    stopBy: 'signal',
    onMessage: () => {},
    onLine: (line) => options.log.write(line),
  });
  const url = `http://${shown(config.host)}:${config.consolePort}`;
  const up = answers(`http://${reachable(config.host)}:${config.consolePort}/`, server.ended).then((did) =>
    did ? url : new Promise<string>(() => {}),
  );
  return { process: server, up, failed: endingOf(server) };
}

/** The console's own program, in this repository. */
export function consoleProgram(): ConsoleProgram {
  const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  return {
    script: root('agent-console/serve/main.mjs'),
    args: [],
    nodeArgs: ['--import', new URL('./leave-with-parent.js', import.meta.url).href],
    folder: root('agent-console'),
  };
}

/** Whether the server answered before it ended. */
async function answers(url: string, ended: Promise<unknown>): Promise<boolean> {
  const state = { over: false };
  void ended.then(() => {
    state.over = true;
  });
  while (!state.over) {
    try {
      await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
      return true;
    } catch {
      await wait(ASK_EVERY_MS);
    }
  }
  return false;
}
