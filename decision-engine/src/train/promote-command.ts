import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judgePromotion, readArtifact } from '@segue/models';
import { type ModelName, modelFolder, readChampion, writeChampion } from '../scoring/champions.js';

const PROMOTE_HELP = `Puts a version of a model in force; running engines take it within a second.

  npm run promote -- --model churn|propensity [--version VERSION | --rollback] [options]

Options
  --version VERSION  which one (the newest when left out)
  --rollback         the version trained before the one in force
  --force            even when it is worse than the one in force
  --list             only list the versions
  --help             this text

A version whose log loss or calibration error lies above the 95 % interval of the one in force is refused.

Exit codes: 0 in force, 1 a fault, 2 a wrong command line, 3 refused.

Examples
  npm run promote -- --model churn
  npm run promote -- --model churn --rollback
`;

export type PromoteCommandOptions = {
  readonly argv: readonly string[];
  readonly modelsFolder: string;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
};

const NAMES: readonly ModelName[] = ['churn', 'propensity'];

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    options: {
      model: { type: 'string' },
      version: { type: 'string' },
      rollback: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values;
}

/** The command `promote`. @returns its exit code */
export async function runPromoteCommand(options: PromoteCommandOptions): Promise<0 | 1 | 2 | 3> {
  const { stdout, stderr, modelsFolder } = options;
  try {
    const values = parse(options.argv);
    if (values.help) {
      stdout.write(PROMOTE_HELP);
      return 0;
    }
    const name = NAMES.find((known) => known === values.model);
    if (name === undefined || (values.rollback && values.version !== undefined)) {
      const rule =
        name === undefined
          ? `Expected --model to be one of ${NAMES.join(', ')}`
          : 'Expected either --version or --rollback';
      stderr.write(`${rule}. See --help.\n`);
      return 2;
    }
    const versions = await versionsOf(modelsFolder, name);
    const champion = await readChampion(modelsFolder, name);
    if (values.list) {
      for (const version of versions)
        stdout.write(`${version}${version === champion ? ' (in force)' : ''}\n`);
      return 0;
    }
    const version = values.rollback ? before(versions, champion) : (values.version ?? versions.at(-1));
    if (version === undefined || !versions.includes(version)) {
      const wanted = version === undefined ? 'such version' : `version ${version}`;
      stderr.write(
        `There is no ${wanted} of the ${name} model. There are: ${versions.join(', ') || 'none; train one first'}.\n`,
      );
      return 2;
    }
    const manifestOf = async (which: string) =>
      (await readArtifact(modelFolder(modelsFolder, name, which))).manifest;
    const verdict = judgePromotion(
      await manifestOf(version),
      champion === null || champion === version ? null : await manifestOf(champion),
    );
    if (!verdict.promote && !values.force && !values.rollback) {
      stderr.write(`Not promoted: ${verdict.reason}. Say --force to promote it all the same.\n`);
      return 3;
    }
    await writeChampion(modelsFolder, name, version);
    stdout.write(
      `The ${name} model ${version} is in force${champion === null ? '' : `, ${champion} was before`}: ${verdict.reason}.\n`,
    );
    return 0;
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof TypeError ? 2 : 1;
  }
}

/** Versions by the time of training, oldest first: their names sort so. */
async function versionsOf(modelsFolder: string, name: ModelName): Promise<string[]> {
  const entries = await readdir(join(modelsFolder, name), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function before(versions: readonly string[], champion: string | null): string | undefined {
  return champion === null ? undefined : versions.filter((version) => version < champion).at(-1);
}
