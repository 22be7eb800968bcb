import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import {
  buildModelReport,
  evaluateBinary,
  fitBaseRate,
  loadBinaryClassifier,
  readLabelledTable,
  renderReport,
  TableProblem,
} from '@segue/models';
import { z } from 'zod';
import { figuresOf } from './training-result.js';

const EVALUATE_HELP = `Tests a trained model on a table it has not seen.

  npm run evaluate -- --artifact DIR --data FILE --target COLUMN [options]

Options
  --positive VALUE   the target's value that counts as yes
  --delimiter ';'    what separates the cells (found out when left out)
  --report FILE      write an HTML report (opens offline)
  --seed NUMBER      of the bootstrap intervals (default 0)
  --json             the last line on standard output is the result as JSON
  --help             this text

Exit codes: 0 tested, 1 a fault, 2 a wrong command line or unusable data.

Example
  npm run evaluate -- --artifact models/telco --data newer.csv --target Churn --positive Yes --json
`;

export type EvaluateCommandOptions = {
  readonly argv: readonly string[];
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
};

const typesSchema = z.record(z.string(), z.enum(['number', 'category', 'date']));

/** The command `evaluate`. @returns its exit code */
export async function runEvaluateCommand(options: EvaluateCommandOptions): Promise<0 | 1 | 2> {
  const { stdout, stderr } = options;
  try {
    const values = parse(options.argv);
    if (values.help) {
      stdout.write(EVALUATE_HELP);
      return 0;
    }
    const { artifact, data: file, target } = values;
    if (artifact === undefined || file === undefined || target === undefined) {
      stderr.write('Expected --artifact, --data and --target. See --help.\n');
      return 2;
    }
    const seed = Number(values.seed);
    const model = await loadBinaryClassifier(artifact);
    const types = typesSchema.catch({}).parse(model.manifest.notes['types']);
    const { positive, delimiter } = values;
    const data = await readLabelledTable(file, { target, positive, delimiter, types });
    for (const note of data.notes) stderr.write(`${note}\n`);
    const probabilities = model.predict(data.table);
    const metrics = evaluateBinary({ labels: data.labels, probabilities, seed });
    const base = fitBaseRate(data.labels).predict(data.table);
    const baseRate = evaluateBinary({ labels: data.labels, probabilities: base, seed });
    if (values.report !== undefined) {
      const rows = Int32Array.from({ length: data.table.rows }, (_, row) => row);
      const report = buildModelReport({
        model,
        split: `evaluated on ${file}`,
        metrics,
        baselines: { baseRate },
        table: data.table,
        tested: { rows, labels: data.labels, probabilities },
        warnings: [],
      });
      await writeFile(values.report, renderReport(report));
      stderr.write(`The report is in ${values.report}\n`);
    }
    const { metrics: figures, intervals } = figuresOf(metrics);
    const result = {
      model: model.manifest.name,
      version: model.manifest.version,
      metrics: { ...figures, n: metrics.n, positives: metrics.positives },
      intervals,
      baselines: { baseRate: figuresOf(baseRate) },
    };
    stdout.write(`${JSON.stringify(result, undefined, values.json ? undefined : 2)}\n`);
    return 0;
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof TableProblem || error instanceof TypeError ? 2 : 1;
  }
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    options: {
      artifact: { type: 'string' },
      data: { type: 'string' },
      target: { type: 'string' },
      positive: { type: 'string' },
      delimiter: { type: 'string' },
      report: { type: 'string' },
      seed: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values;
}
