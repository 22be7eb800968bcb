import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ENGINE_NODE_ARGS } from '../supervisor/engine-node-args.js';
import { withDatabase } from '../supervisor/resolve-database.js';
import { type BenchServerReady, benchServerReady } from './bench-message.js';
import { runBench } from './run-bench.js';

const HELP = `Measures decisions beside an empty route and one profile read, over REST and tRPC, in one run.

  npm run bench:api [-- OPTIONS]

  --seconds N        how long each measurement takes; 3 unless told
  --rounds N         how often each is repeated, in turn with the others; 3 unless told
  --connections LIST numbers of connections, separated by commas; 1,16,64 unless told
  --rate N           decisions a second of the part at a constant rate; 300 unless told
  --cpu-prof FOLDER  writes a CPU profile of the engine there
  --help             this text

The engine, the store and the load run in processes of their own. The store is the one of MONGODB_URI, or an embedded one
in a folder that is thrown away. The report is JSON on standard output.
`;

const count = z.coerce.number().int().min(1).max(100_000);
const benchArguments = z.object({
  seconds: count.default(3),
  rounds: count.default(3),
  connections: z
    .string()
    .default('1,16,64')
    .transform((list): unknown[] => list.split(','))
    .pipe(z.array(count)),
  rate: count.default(300),
  'cpu-prof': z.string().optional(),
});

export type BenchCommand = {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
};

type Server = { readonly ready: BenchServerReady; close(): Promise<void> };

async function startServer(env: BenchCommand['env'], execArgv: readonly string[]): Promise<Server> {
  const script = fileURLToPath(new URL('./main.js', import.meta.url));
  const child = fork(script, {
    env,
    execArgv: [...ENGINE_NODE_ARGS, ...execArgv],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then((): never => {
      throw new Error('The engine ended before it was ready');
    }),
  ]);
  return {
    ready: benchServerReady.parse(message),
    close: async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

/** Runs the bench. @returns the exit code */
export async function runBenchCommand({ argv, env, stdout, stderr }: BenchCommand): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      connections: { type: 'string' },
      rate: { type: 'string' },
      'cpu-prof': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    stdout.write(HELP);
    return 0;
  }
  const parsed = benchArguments.safeParse(values);
  if (!parsed.success) {
    stderr.write(`${z.prettifyError(parsed.error)}\nSee --help.\n`);
    return 2;
  }
  const { seconds, rounds, connections, rate, 'cpu-prof': profile } = parsed.data;
  const folder = await mkdtemp(join(tmpdir(), 'segue-bench-api-'));
  const say = (line: string): void => void stderr.write(`${line}\n`);
  const loadBefore = loadavg()[0];
  try {
    const report = await withDatabase({ ...env, SEGUE_DATA: folder }, say, async (uri) => {
      say('Filling the store and starting the engine …');
      const server = await startServer(
        { ...env, MONGODB_URI: uri, SEGUE_DATA: folder, LOG_LEVEL: 'error', SEGUE_RATE_LIMIT: '1000000' },
        profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`],
      );
      try {
        return await runBench(server.ready, {
          seconds,
          rounds,
          connections,
          perSecond: rate,
          onStep: (done, total, what) => say(`${Math.round((100 * done) / total)} %  ${what}`),
        });
      } finally {
        await server.close();
      }
    });
    const machine = {
      cores: cpus().length,
      model: cpus()[0]?.model ?? 'unknown',
      node: process.version,
      loadBefore,
      loadAfter: loadavg()[0],
    };
    stdout.write(`${JSON.stringify({ machine, seconds, rounds, ...report }, null, 1)}\n`);
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
