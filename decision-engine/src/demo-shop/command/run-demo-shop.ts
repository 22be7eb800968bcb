import { SingleBar } from 'cli-progress';
import { generateDemoEvents } from '../generate-demo-events.js';
import { startLiveDemo } from '../live/start-live-demo.js';
import { COMPARE_HEAD, comparePolicies, compareRow } from './compare-table.js';
import { DEMO_SHOP_HELP, type DemoShopArguments, readDemoShopArguments } from './demo-shop-arguments.js';
import { writeEvents } from './write-events.js';

export type DemoShopCommandOptions = {
  readonly argv: readonly string[];
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly peakMemoryBytes: () => number;
};

/** 0 done, 1 fault, 2 wrong command line, 130 interrupted. */
export type DemoShopExitCode = 0 | 1 | 2 | 130;

const DAY = 86_400_000;

/** The command `demo-shop`: writes the shop's events, plays it live, or compares policies in it. */
export async function runDemoShopCommand(options: DemoShopCommandOptions): Promise<DemoShopExitCode> {
  const { stdout, stderr, signal } = options;
  const read = readDemoShopArguments(options.argv, new Date(options.now()));
  if (read.kind === 'help') {
    stdout.write(DEMO_SHOP_HELP);
    return 0;
  }
  if (read.kind === 'usage') {
    stderr.write(`${read.message}. See --help.\n`);
    return 2;
  }
  try {
    await MODES[read.args.mode](read.args, options);
    return signal.aborted && read.args.mode !== 'live' ? 130 : 0;
  } catch (error) {
    if (signal.aborted) return 130;
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

type Mode = (args: DemoShopArguments, options: DemoShopCommandOptions) => Promise<void>;

const MODES: Record<DemoShopArguments['mode'], Mode> = { write: writeShop, live: playLive, compare: compare };

async function writeShop(args: DemoShopArguments, options: DemoShopCommandOptions): Promise<void> {
  const { seed, customers, end, days, order, out } = args;
  const start = new Date(end.getTime() - days * DAY);
  const began = options.now();
  const bar = progressBar(options.stderr);
  const progress = (at: string, userId: string | undefined) =>
    order === 'time'
      ? (Date.parse(at) - start.getTime()) / (end.getTime() - start.getTime())
      : (Number(userId?.slice(2) ?? 100_000) - 100_000) / customers;
  const count = await writeEvents(generateDemoEvents({ seed, customers, start, end, order }), {
    out,
    stdout: options.stdout,
    signal: options.signal,
    onEvent: (event, events) => {
      // With one customer after the other only those with a user id tell how far it is.
      if (order === 'time' || event.userId !== undefined)
        bar.show(progress(event.timestamp, event.userId), events);
    },
  }).finally(bar.stop);
  const seconds = (options.now() - began) / 1000;
  options.stderr.write(
    `${count} events of ${customers} customers in ${seconds.toFixed(1)} s ` +
      `(${Math.round(count / Math.max(seconds, 0.001))} a second), peak memory ` +
      `${Math.round(options.peakMemoryBytes() / 1e6)} MB\n`,
  );
}

async function playLive(args: DemoShopArguments, options: DemoShopCommandOptions): Promise<void> {
  const { seed, customers, end, days, api, speed, key = '' } = args;
  const say = (words: string) => void options.stderr.write(`${words}\n`);
  const result = await startLiveDemo({
    apiUrl: api,
    writeKey: key,
    seed,
    customers,
    speed,
    signal: options.signal,
    log: { info: say, warn: say },
    played: { start: new Date(end.getTime() - days * DAY), end },
  });
  say(
    `${result.events} events, ${result.decisions} decisions, ${result.outcomes} outcomes, ${result.failures} failures`,
  );
}

async function compare(args: DemoShopArguments, options: DemoShopCommandOptions): Promise<void> {
  options.stdout.write(COMPARE_HEAD);
  for (const result of comparePolicies(args)) options.stdout.write(compareRow(result));
}

function progressBar(stream: NodeJS.WritableStream) {
  let bar: SingleBar | undefined;
  return {
    show: (share: number, events: number) => {
      if (bar === undefined) {
        bar = new SingleBar({
          stream,
          format: ' The shop’s past [{bar}] {percentage}% | {events} events | {eta_formatted} left',
          noTTYOutput: true,
          notTTYSchedule: 5_000,
          hideCursor: true,
        });
        bar.start(1000, 0, { events });
      }
      bar.update(Math.round(share * 1000), { events });
    },
    stop: () => bar?.stop(),
  };
}
