import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readReport, renderReport } from '@segue/models';

const REPORT_HELP = `Writes the report of a trained model as one HTML page that opens offline.

  npm run report -- --artifact DIR [--out FILE] [--json]

Options
  --artifact DIR   the folder the model was trained into
  --out FILE       where the page goes (report.html in that folder when left out)
  --json           the last line on standard output is the report as JSON
  --help           this text

Example
  npm run report -- --artifact models/telco --out telco.html
`;

export type ReportCommandOptions = {
  readonly argv: readonly string[];
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
};

/** The command `report`. @returns its exit code */
export async function runReportCommand({ argv, stdout, stderr }: ReportCommandOptions): Promise<0 | 1 | 2> {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        artifact: { type: 'string' },
        out: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      stdout.write(REPORT_HELP);
      return 0;
    }
    if (values.artifact === undefined) {
      stderr.write('Expected --artifact, the folder of a trained model. See --help.\n');
      return 2;
    }
    const report = await readReport(values.artifact);
    const out = values.out ?? join(values.artifact, 'report.html');
    await writeFile(out, renderReport(report));
    stderr.write(`The report is in ${resolve(out)}\n`);
    if (values.json) stdout.write(`${JSON.stringify(report)}\n`);
    return 0;
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof TypeError ? 2 : 1;
  }
}
