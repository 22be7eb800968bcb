import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument, stringify } from 'yaml';
import { catalogueFromYaml, catalogueToYaml } from '../catalogue/catalogue-yaml.js';
import { policiesSchema } from '../policy/policies.js';
import type { CatalogueContent } from './catalogue-document.js';
import type { ParsedContent } from './check-content.js';

const ACTIONS = 'actions';
const POLICIES = 'policies.yaml';
const SEGMENTS = 'segments.yaml';
/** Which revision the files were pulled at. Belongs into git with them. */
const REVISION = '.revision';
const MOST_ALIASES = 50;

export type CatalogueFolder = { readonly revision: number | null } & (
  | {
      readonly ok: true;
      readonly content: CatalogueContent;
      /** Puts the file's name into a message about the whole: `actions[3].cost` becomes `actions/express.yaml: actions[0].cost`. */
      readonly inFiles: (problem: string) => string;
    }
  | { readonly ok: false; readonly problems: readonly string[] }
);

async function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

async function actionFiles(folder: string): Promise<string[] | null> {
  const names = await readdir(join(folder, ACTIONS)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return names === null ? null : names.filter((name) => /\.ya?ml$/.test(name)).sort();
}

type ReadYaml = { readonly value: unknown; readonly problems: readonly string[] };

function readYaml(name: string, text: string | null, empty: unknown): ReadYaml {
  if (text === null) return { value: empty, problems: [] };
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0) {
    return {
      value: empty,
      problems: document.errors.map((error) => `${name}: ${error.message.split('\n')[0] ?? ''}`),
    };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { value: value ?? empty, problems: [] };
  } catch (error) {
    // The parser throws this where aliases resolve to too much or to nothing.
    if (!(error instanceof ReferenceError)) throw error;
    return { value: empty, problems: [`${name}: ${error.message}`] };
  }
}

/** Reads a folder of catalogue files; null where there is none. Each problem names its file and path. */
export async function readFolder(folder: string): Promise<CatalogueFolder | null> {
  const names = await actionFiles(folder);
  const policiesText = await textOf(join(folder, POLICIES));
  if (names === null && policiesText === null) return null;
  const noted = Number((await textOf(join(folder, REVISION)))?.trim());
  const revision = Number.isInteger(noted) && noted >= 0 ? noted : null;
  const files = await Promise.all(
    (names ?? []).map(async (name) => ({
      name: `${ACTIONS}/${name}`,
      text: (await textOf(join(folder, ACTIONS, name))) ?? '',
    })),
  );
  const policies = readYaml(POLICIES, policiesText, {});
  const segments = readYaml(SEGMENTS, await textOf(join(folder, SEGMENTS)), []);
  const parsed = catalogueFromYaml(files);
  const problems = [...(parsed.ok ? [] : parsed.problems), ...policies.problems, ...segments.problems];
  if (!parsed.ok || problems.length > 0) return { revision, ok: false, problems };
  const places = files.flatMap((file) => {
    const one = catalogueFromYaml([file]);
    return one.ok ? one.actions.map((_, index) => `${file.name}: actions[${index}]`) : [];
  });
  return {
    revision,
    ok: true,
    content: { actions: parsed.actions, policies: policies.value, segments: segments.value },
    inFiles: (problem) => inFile(problem, places),
  };
}

function inFile(problem: string, places: readonly string[]): string {
  const action = /"actions\[(\d+)\]/.exec(problem);
  const place = action === null ? undefined : places[Number(action[1])];
  if (place !== undefined) {
    const [file = '', index = ''] = place.split(': ');
    return `${file}: ${problem.replace(/actions\[\d+\]/, index)}`;
  }
  if (/"policies[".[]/.test(problem)) return `${POLICIES}: ${problem}`;
  return /"segments[".[]/.test(problem) ? `${SEGMENTS}: ${problem}` : problem;
}

function fileNameOf(actionId: string): string {
  return `${actionId.replaceAll(':', '__')}.yaml`;
}

/** Policies that say no more than the defaults do are an empty file, so that a file shows what was chosen. */
function withoutDefaults(policies: ParsedContent['policies']): Record<string, unknown> {
  const defaults = new Map(
    Object.entries(policiesSchema.parse({})).map(([key, part]) => [key, JSON.stringify(part)]),
  );
  return Object.fromEntries(
    Object.entries(policies).filter(([key, part]) => JSON.stringify(part) !== defaults.get(key)),
  );
}

/** Writes the whole catalogue, one file per action; files of actions that are gone go too. */
export async function writeFolder(folder: string, content: ParsedContent, revision: number): Promise<void> {
  await mkdir(join(folder, ACTIONS), { recursive: true });
  const kept = new Set(content.actions.map(({ actionId }) => fileNameOf(actionId)));
  for (const name of (await actionFiles(folder)) ?? []) {
    if (!kept.has(name)) await rm(join(folder, ACTIONS, name));
  }
  for (const action of content.actions) {
    await writeFile(join(folder, ACTIONS, fileNameOf(action.actionId)), catalogueToYaml([action]));
  }
  const options = { lineWidth: 110 };
  await writeFile(join(folder, POLICIES), stringify(withoutDefaults(content.policies), options));
  await writeFile(join(folder, SEGMENTS), stringify(content.segments, options));
  await writeFolderRevision(folder, revision);
}

/** Notes which revision the files are. */
export async function writeFolderRevision(folder: string, revision: number): Promise<void> {
  await writeFile(join(folder, REVISION), `${revision}\n`);
}
