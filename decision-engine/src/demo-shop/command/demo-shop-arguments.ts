import { parseArgs } from 'node:util';

export const DEMO_SHOP_HELP = `Plays a shop whose customers behave like customers, and of whom the truth is known.

  npm run demo-shop -- [options]             write its events, one Segment message a line
  npm run demo-shop -- --live --key KEY      play it against a running engine, as an app would
  npm run demo-shop -- --compare             hold simple policies against the best possible one

Options
  --customers N    how many customers (1500)
  --days N         how long, in days (365)
  --end DATE       when it stops (now)
  --seed N         another shop (20260)
  --out FILE       write to a file, gzipped when it ends in .gz (standard output)
  --order ORDER    time: all customers together, oldest first; customer: one after the other, in little memory (time)
  --live           send events, ask for decisions and tell outcomes, until stopped
  --api URL        of the engine (http://127.0.0.1:4000)
  --key KEY        an API key of the engine
  --speed N        how many times as fast as the clock (60)
  --compare        random, best fixed, greedy and rules against the oracle, as a table
  --decisions N    how many decisions to compare on (20000)
  --help           this text

Examples
  npm run demo-shop -- --customers 5000 --out demo.ndjson.gz
  npm run import -- --format segment-ndjson demo.ndjson.gz
  npm run demo-shop -- --live --key sk_123 --speed 120
`;

export type DemoShopArguments = {
  readonly mode: 'write' | 'live' | 'compare';
  readonly customers: number;
  readonly days: number;
  readonly end: Date;
  readonly seed: number;
  readonly out: string | undefined;
  readonly order: 'time' | 'customer';
  readonly api: string;
  readonly key: string | undefined;
  readonly speed: number;
  readonly decisions: number;
};

export type ReadDemoShopArguments =
  | { readonly kind: 'run'; readonly args: DemoShopArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'usage'; readonly message: string };

class Misuse extends Error {}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    options: {
      customers: { type: 'string', default: '1500' },
      days: { type: 'string', default: '365' },
      end: { type: 'string' },
      seed: { type: 'string', default: '20260' },
      out: { type: 'string' },
      order: { type: 'string', default: 'time' },
      live: { type: 'boolean', default: false },
      api: { type: 'string', default: 'http://127.0.0.1:4000' },
      key: { type: 'string' },
      speed: { type: 'string', default: '60' },
      compare: { type: 'boolean', default: false },
      decisions: { type: 'string', default: '20000' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values;
}

/** Reads the command line of `demo-shop`. */
export function readDemoShopArguments(argv: readonly string[], now: Date): ReadDemoShopArguments {
  try {
    const values = parse(argv);
    return values.help ? { kind: 'help' } : { kind: 'run', args: argumentsOf(values, now) };
  } catch (error) {
    if (error instanceof TypeError || error instanceof Misuse)
      return { kind: 'usage', message: error.message };
    throw error;
  }
}

function argumentsOf(values: ReturnType<typeof parse>, now: Date): DemoShopArguments {
  if (values.live && values.compare) throw new Misuse('Expected --live or --compare, got both');
  if (values.live && values.key === undefined)
    throw new Misuse('Expected --key with --live: an API key of the engine');
  if (values.order !== 'time' && values.order !== 'customer') {
    throw new Misuse(`Expected --order to be time or customer, got ${JSON.stringify(values.order)}`);
  }
  if (!URL.canParse(values.api))
    throw new Misuse(`Expected --api to be an address, got ${JSON.stringify(values.api)}`);
  return {
    mode: values.live ? 'live' : values.compare ? 'compare' : 'write',
    customers: whole('--customers', values.customers, 1),
    days: whole('--days', values.days, 1),
    end: values.end === undefined ? now : dateOf(values.end),
    seed: whole('--seed', values.seed, 0),
    out: values.out,
    order: values.order,
    api: values.api,
    key: values.key,
    speed: above('--speed', values.speed),
    decisions: whole('--decisions', values.decisions, 1),
  };
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new Misuse(`Expected ${name} to be a whole number >= ${least}, got ${JSON.stringify(text)}`);
  }
  return value;
}

function above(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new Misuse(`Expected ${name} to be above 0, got ${JSON.stringify(text)}`);
  return value;
}

function dateOf(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime()))
    throw new Misuse(`Expected --end to be a date, got ${JSON.stringify(text)}`);
  return date;
}
