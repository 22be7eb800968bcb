import type { BenchServerReady } from './bench-message.js';
import { closedLoop, type LoopResult, type Target } from './closed-loop.js';
import { constantRate } from './constant-rate.js';

export type BenchOptions = {
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: readonly number[];
  readonly perSecond: number;
  readonly onStep: (done: number, total: number, what: string) => void;
};

export type Measured = { readonly target: string; readonly connections: number } & LoopResult;

/** A share of one target's throughput of another's, over the same rounds. */
export type Ratio = {
  readonly of: string;
  readonly to: string;
  readonly connections: number;
  readonly share: number;
};

export type BenchReport = {
  readonly closedLoop: readonly Measured[];
  readonly ratios: readonly Ratio[];
  /** Decisions over REST at a constant rate; latency from when each was due. */
  readonly constantRate: LoopResult;
};

function targetsOf({ url, key, customerIds }: BenchServerReady): Record<string, Target> {
  const bodies = customerIds.map((customerId) =>
    JSON.stringify({ customer: { customerId }, channel: 'email', slots: 3, context: { topic: 'delivery' } }),
  );
  const target = (name: string, path: string): Target => ({ name, url: url + path, key, bodies });
  return {
    empty: target('empty route', '/bench/empty'),
    profile: target('one profile read', '/bench/profile'),
    decide: target('decide over REST', '/v1/decide'),
    trpcEmpty: target('empty tRPC procedure', '/bench/trpc/empty'),
    trpcDecide: target('decide over tRPC', '/trpc/decision.decide'),
  };
}

/** The round in the middle, by throughput. */
function median(results: readonly LoopResult[]): LoopResult {
  const sorted = [...results].sort((a, b) => a.perSecond - b.perSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError('Expected at least one round');
  return { ...middle, failed: results.reduce((sum, { failed }) => sum + failed, 0) };
}

/**
 * Measures every target at every number of connections. Rounds take the targets in turn, so that what else the machine
 * does in the meantime falls on all of them.
 */
export async function runBench(server: BenchServerReady, options: BenchOptions): Promise<BenchReport> {
  const { seconds, rounds, connections, perSecond, onStep } = options;
  const targets = Object.values(targetsOf(server));
  const total = targets.length * (1 + rounds * connections.length) + 1;
  let done = 0;
  const step = (what: string): void => onStep(done++, total, what);
  for (const target of targets) {
    step(`warming up: ${target.name}`);
    await closedLoop(target, { connections: 8, seconds: Math.max(2, seconds) });
  }
  const measured: Measured[] = [];
  for (const count of connections) {
    const results = new Map<string, LoopResult[]>();
    for (let round = 0; round < rounds; round++) {
      for (const target of targets) {
        step(`${target.name}, ${count} connections`);
        const result = await closedLoop(target, { connections: count, seconds });
        results.set(target.name, [...(results.get(target.name) ?? []), result]);
      }
    }
    for (const [target, those] of results) measured.push({ target, connections: count, ...median(those) });
  }
  const ratio = (of: string, to: string): Ratio[] =>
    connections.map((count) => {
      const rate = (name: string): number =>
        measured.find((each) => each.target === name && each.connections === count)?.perSecond ?? 0;
      return { of, to, connections: count, share: Math.round((1000 * rate(of)) / rate(to)) / 1000 };
    });
  step(`decide over REST, ${perSecond} a second`);
  const steady = targets.find(({ name }) => name === 'decide over REST');
  if (steady === undefined) throw new Error('Expected a target for decisions over REST');
  return {
    closedLoop: measured,
    ratios: [
      ...ratio('decide over REST', 'one profile read'),
      ...ratio('decide over tRPC', 'empty tRPC procedure'),
    ],
    constantRate: await constantRate(steady, { perSecond, seconds: Math.max(10, seconds) }),
  };
}
