import { parseArgs } from 'node:util';
import type { Connection } from 'mongoose';
import { judgeVersion, putPointer, versionsIn } from '../model-store/change-pointer.js';
import {
  type ChampionPointer,
  MODEL_NAMES,
  type ModelName,
  promoted,
  readPointer,
} from '../scoring/champions.js';

const PROMOTE_HELP = `Puts a version of a model in force; running engines take it within a second.

  npm run promote -- --model churn|propensity|survival|value [options]

Options
  --version VERSION  which one (the newest when left out)
  --rollback         the version that was in force before
  --force            even when it is worse than the one in force
  --shadow VERSION   not in force: let it score beside the one in force (churn, propensity);
                     its scores are kept with each decision and never used
  --no-shadow        end that
  --list             only list the versions
  --help             this text

A version whose log loss or calibration error (value: error of amounts) lies above the 95 % interval of the one in force
is refused.

Exit codes: 0 in force, 1 a fault, 2 a wrong command line, 3 refused.

Examples
  npm run promote -- --model churn
  npm run promote -- --model churn --rollback
  npm run promote -- --model propensity --shadow 20261122T081500Z
`;

export type PromoteCommandOptions = {
  readonly argv: readonly string[];
  readonly modelsFolder: string;
  /** Gives the work, which brings this change about, the store's connection and takes it back afterwards. */
  readonly withConnection: <Result>(
    work: (connection: Connection) => Promise<Result>,
    change: { readonly model: ModelName; readonly version: string; readonly shadow: string | null },
  ) => Promise<Result>;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** What is wrong with the command line. */
class Misuse extends Error {}
/** The gate said no. */
class Refused extends Error {}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    options: {
      model: { type: 'string' },
      version: { type: 'string' },
      rollback: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      shadow: { type: 'string' },
      'no-shadow': { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values;
}

type Values = ReturnType<typeof parse>;

/** The command `promote`. @returns its exit code */
export async function runPromoteCommand(options: PromoteCommandOptions): Promise<0 | 1 | 2 | 3> {
  const { stdout, stderr } = options;
  try {
    const values = parse(options.argv);
    if (values.help) {
      stdout.write(PROMOTE_HELP);
      return 0;
    }
    stdout.write(await promote(checked(values), options));
    return 0;
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof Refused) return 3;
    return error instanceof Misuse || error instanceof TypeError ? 2 : 1;
  }
}

type Wanted = Values & { readonly name: ModelName };

function checked(values: Values): Wanted {
  const name = MODEL_NAMES.find((known) => known === values.model);
  if (name === undefined) {
    throw new Misuse(`Expected --model to be one of ${MODEL_NAMES.join(', ')}. See --help.`);
  }
  const ways = [values.version, values.shadow].filter((each) => each !== undefined).length;
  if (ways + Number(values.rollback) + Number(values['no-shadow']) > 1) {
    throw new Misuse('Expected one of --version, --rollback, --shadow and --no-shadow. See --help.');
  }
  if (values.shadow !== undefined && name !== 'churn' && name !== 'propensity') {
    throw new Misuse('Expected --shadow with --model churn or propensity: only these score decisions.');
  }
  return { ...values, name };
}

async function promote(wanted: Wanted, options: PromoteCommandOptions): Promise<string> {
  const { modelsFolder } = options;
  const { name } = wanted;
  const versions = await versionsIn(modelsFolder, name);
  const pointer = await readPointer(modelsFolder, name);
  if (wanted.list) {
    return versions.map((version) => `${version}${standing(version, pointer)}\n`).join('');
  }
  const at = new Date(options.now());
  if (wanted.shadow !== undefined || wanted['no-shadow']) {
    if (pointer === null) throw new Misuse(`No ${name} model is in force yet. Promote one first.`);
    const shadow = wanted.shadow === undefined ? null : known(wanted.shadow, { name, versions });
    await put(options, name, { ...pointer, shadow, at });
    return shadow === null
      ? `No ${name} model scores beside ${pointer.version} any more.\n`
      : `The ${name} model ${shadow} scores beside ${pointer.version}; its scores are kept and never used.\n`;
  }
  if (wanted.rollback) {
    const before = pointer?.before.at(-1);
    if (pointer === null || before === undefined) {
      throw new Misuse(`There is no ${name} model to go back to: none was in force before.`);
    }
    const version = known(before, { name, versions });
    await put(options, name, { ...pointer, version, before: pointer.before.slice(0, -1), at });
    return `The ${name} model ${version} is in force again; ${pointer.version} is not.\n`;
  }
  const version = known(wanted.version ?? versions.at(-1), { name, versions });
  if (pointer?.version === version) return `The ${name} model ${version} is in force already.\n`;
  const reason = await judged(version, { wanted, pointer, modelsFolder });
  await put(options, name, promoted(pointer, version, at));
  const before = pointer === null ? '' : `, ${pointer.version} was before`;
  return `The ${name} model ${version} is in force${before}: ${reason}.\n`;
}

/** @returns why it may be promoted. @throws Refused where it may not */
async function judged(
  version: string,
  given: {
    readonly wanted: Wanted;
    readonly pointer: ChampionPointer | null;
    readonly modelsFolder: string;
  },
): Promise<string> {
  const { wanted, pointer, modelsFolder } = given;
  const verdict = await judgeVersion({ modelsFolder, name: wanted.name, version }, pointer);
  if (verdict.promote) return verdict.reason;
  if (wanted.force) return `forced, although ${verdict.reason}`;
  throw new Refused(`Not promoted: ${verdict.reason}. Say --force to promote it all the same.`);
}

async function put(options: PromoteCommandOptions, name: ModelName, pointer: ChampionPointer): Promise<void> {
  const { modelsFolder } = options;
  const { version, shadow = null } = pointer;
  await options.withConnection((connection) => putPointer(connection, { modelsFolder, name }, pointer), {
    model: name,
    version,
    shadow,
  });
}

function known(
  version: string | undefined,
  { name, versions }: { readonly name: ModelName; readonly versions: readonly string[] },
): string {
  if (version !== undefined && versions.includes(version)) return version;
  const there =
    versions.length === 0 ? 'There is none; train one first' : `There are: ${versions.join(', ')}`;
  throw new Misuse(
    version === undefined ? `No ${name} model. ${there}.` : `No ${name} model ${version}. ${there}.`,
  );
}

function standing(version: string, pointer: ChampionPointer | null): string {
  if (version === pointer?.version) return ' (in force)';
  return version === pointer?.shadow ? ' (scores beside it)' : '';
}
