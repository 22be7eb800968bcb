import { parseArgs } from 'node:util';
import { benchBase } from './bench-base.js';
import { benchDecision } from './bench-decision.js';
import { benchNetwork, CHURN_SHAPE, PROPENSITY_SHAPE } from './bench-network.js';

const BENCH_HELP = `Measures how fast models score, beside TensorFlow.js on each backend and onnxruntime-node.

  npm run bench:models -- [options]

Options
  --rows N        customers to score (default 1000000)
  --seconds N     how long to measure each case (default 2)
  --threads N     threads that score customers (default: one per core)
  --help          this text

The last line on standard output is the result as JSON. onnxruntime-node is no part of the product: install it for the bench
with  npm ci --ignore-scripts --prefix models/bench
`;

export type BenchModelsOptions = {
  readonly argv: readonly string[];
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** Milliseconds on a steady clock. */
  readonly clock: () => number;
  readonly cores: number;
};

/** The command `bench:models`. @returns its exit code */
export async function runBenchModels(options: BenchModelsOptions): Promise<0 | 1 | 2> {
  const { stdout, stderr, clock } = options;
  try {
    const { values } = parseArgs({
      args: [...options.argv],
      options: {
        rows: { type: 'string', default: '1000000' },
        seconds: { type: 'string', default: '2' },
        threads: { type: 'string', default: String(options.cores) },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      stdout.write(BENCH_HELP);
      return 0;
    }
    const [rows, seconds, threads] = [values.rows, values.seconds, values.threads].map(Number);
    if (!(rows && rows >= 1000 && seconds && seconds > 0 && threads && threads >= 1)) {
      stderr.write(
        'Expected --rows to be at least 1000, --seconds and --threads to be above 0. See --help.\n',
      );
      return 2;
    }
    const propensity = await benchNetwork(PROPENSITY_SHAPE, true);
    const decisions = [];
    for (const candidates of [50, 1000]) {
      stderr.write(`One decision of ${candidates} candidates (${propensity.shape}) …\n`);
      const result = await benchDecision(propensity, candidates, { seconds, clock });
      for (const each of result.results) {
        stderr.write(
          'notMeasured' in each
            ? `  ${each.engine}: not measured, ${each.notMeasured}\n`
            : `  ${each.engine}: ${each.medianMicros} µs (95 % within ${each.p95Micros} µs, ${each.runs} runs)\n`,
        );
      }
      decisions.push(result);
    }
    const churn = await benchNetwork(CHURN_SHAPE, false);
    stderr.write(`${rows.toLocaleString('en')} customers (${churn.shape}) in ${threads} threads …\n`);
    const base = await benchBase(churn, {
      rows,
      threads,
      clock,
      onProgress: (done) => stderr.write(`  ${Math.round(done * 100)} %\n`),
    });
    stderr.write(
      `  ${base.seconds.toFixed(1)} s, ${base.cpuSeconds.toFixed(1)} s of processor time, ${base.peakMemoryMb} MB\n`,
    );
    const result = {
      node: process.versions.node,
      cores: options.cores,
      propensity: propensity.shape,
      decisions,
      churn: churn.shape,
      base,
    };
    stdout.write(`${JSON.stringify(result)}\n`);
    return 0;
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof TypeError ? 2 : 1;
  }
}
