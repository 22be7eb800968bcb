import { parseArgs } from 'node:util';
import type { Store } from '../store/store.js';
import { checkWords } from '../treatments/check-words.js';
import { type CatalogueChanges, changesOf, describeChanges, isUnchanged } from './catalogue-changes.js';
import { readFolder, writeFolder, writeFolderRevision } from './catalogue-folder.js';
import { latestRevision, mustParse, readRevision, writeRevision } from './catalogue-revisions.js';
import { checkContent, type ParsedContent } from './check-content.js';

export const CATALOGUE_HELP = `Keeps actions, policies and segments in files, so that they can live in git.

  npm run catalogue -- pull [FOLDER] [--revision N] [--force]
  npm run catalogue -- push [FOLDER] [--note TEXT] [--author NAME] [--dry-run] [--force]
  npm run catalogue -- diff [FOLDER]

  pull             writes the catalogue in force into the folder
  push             publishes the folder as the next revision; a running engine takes it up within seconds
  diff             says what pushing the folder would change

  FOLDER           where the files are (catalogue): actions/*.yaml, policies.yaml, segments.yaml
  --revision N     an earlier revision instead of the one in force
  --note TEXT      what the change is for, as the list of revisions shows it
  --author NAME    who made it; your name on this machine when left out
  --dry-run        checks the folder and says what it would change, and publishes nothing
  --force          pull: lose what the folder has and the catalogue hasn't
                   push: also over what others published since the folder was pulled
  --help           this text

Exit codes: 0 done, 1 refused or a fault, 2 something is wrong in the files or on the command line.
`;

export type CatalogueArguments = {
  readonly command: 'pull' | 'push' | 'diff';
  readonly folder: string;
  readonly revision: number | null;
  readonly note: string;
  readonly author: string | null;
  readonly dryRun: boolean;
  readonly force: boolean;
};

const OPTIONS = {
  revision: { type: 'string' },
  note: { type: 'string' },
  author: { type: 'string' },
  'dry-run': { type: 'boolean' },
  force: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

function parsed(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
}

/** @returns the arguments, `help`, or what is wrong with the command line */
export function readCatalogueArguments(
  argv: readonly string[],
): CatalogueArguments | 'help' | { readonly problem: string } {
  let given: ReturnType<typeof parsed>;
  try {
    given = parsed(argv);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const { values, positionals } = given;
  if (values.help === true) return 'help';
  const [command, folder = 'catalogue', ...more] = positionals;
  if (command !== 'pull' && command !== 'push' && command !== 'diff')
    return { problem: `Expected "pull", "push" or "diff", got "${command ?? 'nothing'}"` };
  if (more.length > 0) return { problem: `Expected one folder, got "${[folder, ...more].join(' ')}"` };
  const revision = values.revision === undefined ? null : Number(values.revision);
  if (revision !== null && !(Number.isInteger(revision) && revision >= 1))
    return { problem: `Expected "--revision" to be a whole number from 1, got "${values.revision}"` };
  if (revision !== null && command !== 'pull') return { problem: '"--revision" is for pull only' };
  return {
    command,
    folder,
    revision,
    note: values.note ?? '',
    author: values.author ?? null,
    dryRun: values['dry-run'] === true,
    force: values.force === true,
  };
}

export type CatalogueSurroundings = {
  /** Who pushes, where the command line doesn't say. */
  readonly author: string;
  readonly now: Date;
  /** A line of the answer. */
  readonly print: (line: string) => void;
  /** A line for people. */
  readonly say: (line: string) => void;
};

/** @returns 0 done, 1 refused, 2 something is wrong in the files */
export function runCatalogueCommand(
  store: Store,
  args: CatalogueArguments,
  around: CatalogueSurroundings,
): Promise<number> {
  switch (args.command) {
    case 'pull':
      return pull(store, args, around);
    case 'push':
      return push(store, args, around);
    case 'diff':
      return diff(store, args, around);
  }
}

async function contentOf(store: Store, revision: number): Promise<ParsedContent | null> {
  const found = await readRevision(store, revision);
  return found === null ? null : mustParse(found.content, `r${revision}`);
}

function counted(list: readonly unknown[], what: string): string {
  return `${list.length} ${what}${list.length === 1 ? '' : 's'}`;
}

async function pull(
  store: Store,
  { folder, revision, force }: CatalogueArguments,
  { say }: CatalogueSurroundings,
): Promise<number> {
  const wanted = revision ?? (await latestRevision(store));
  const content = await contentOf(store, wanted);
  if (content === null) {
    say(`There is no revision ${wanted} of the catalogue.`);
    return 1;
  }
  const here = await readFolder(folder);
  if (here !== null && !force) {
    const base = here.revision === null ? null : await contentOf(store, here.revision);
    const known = here.ok ? checkContent(here.content, 'folder') : here;
    const same = base !== null && known.ok && isUnchanged(changesOf(base, known.content));
    if (!same) {
      say(
        `${folder} has changes that are not in the catalogue. Push them, or pull with --force to lose them.`,
      );
      return 1;
    }
  }
  await writeFolder(folder, content, wanted);
  const { actions, segments } = content;
  say(`Revision ${wanted} is in ${folder}: ${counted(actions, 'action')}, ${counted(segments, 'segment')}`);
  return 0;
}

type Compared = {
  readonly content: ParsedContent;
  readonly changes: CatalogueChanges;
  readonly latest: number;
  readonly basedOn: number | null;
  readonly warnings: readonly string[];
};

/** Reads the folder and compares it with the catalogue in force; tells what is wrong with it. @returns an exit code then */
async function compare(
  store: Store,
  folder: string,
  { say }: CatalogueSurroundings,
): Promise<Compared | number> {
  const here = await readFolder(folder);
  if (here === null) {
    say(`There is no catalogue in ${folder}. Begin with: npm run catalogue -- pull ${folder}`);
    return 1;
  }
  const latest = await latestRevision(store);
  const checked = here.ok ? checkContent(here.content, `r${latest + 1}`) : here;
  if (!checked.ok) {
    for (const problem of checked.problems) say(here.ok ? here.inFiles(problem) : problem);
    return 2;
  }
  const { content, warnings } = checked;
  const words = await checkWords(content.actions, content.policies.computedTraits);
  for (const problem of words.problems) say(here.ok ? here.inFiles(problem) : problem);
  if (words.problems.length > 0) return 2;
  const inForce =
    (await contentOf(store, latest)) ?? mustParse({ actions: [], policies: {}, segments: [] }, 'none');
  return {
    content,
    changes: changesOf(inForce, content),
    latest,
    basedOn: here.revision,
    warnings: [...warnings, ...words.warnings],
  };
}

function tell({ changes, warnings }: Compared, { print, say }: CatalogueSurroundings): void {
  for (const line of describeChanges(changes)) print(line);
  for (const warning of warnings) say(`Warning: ${warning}`);
}

async function diff(
  store: Store,
  { folder }: CatalogueArguments,
  around: CatalogueSurroundings,
): Promise<number> {
  const compared = await compare(store, folder, around);
  if (typeof compared === 'number') return compared;
  tell(compared, around);
  if (isUnchanged(compared.changes)) around.say(`No change against revision ${compared.latest}.`);
  return 0;
}

async function push(store: Store, args: CatalogueArguments, around: CatalogueSurroundings): Promise<number> {
  const { folder, force, dryRun, note } = args;
  const compared = await compare(store, folder, around);
  if (typeof compared === 'number') return compared;
  tell(compared, around);
  if (dryRun) {
    around.say('Nothing was published (--dry-run).');
    return 0;
  }
  const written = await writeRevision(store, {
    content: compared.content,
    basedOn: force ? compared.latest : (compared.basedOn ?? 0),
    author: args.author ?? around.author,
    now: around.now,
    note,
  });
  switch (written.kind) {
    case 'published':
      await writeFolderRevision(folder, written.revision);
      around.say(`Published as revision ${written.revision}.`);
      return 0;
    case 'unchanged':
      await writeFolderRevision(folder, written.revision);
      around.say(`No change against revision ${written.revision}: nothing was published.`);
      return 0;
    case 'outdated':
      around.say(
        `The catalogue is at revision ${written.latest}, the folder was pulled at ${compared.basedOn ?? 'none'}. Commit your files, pull --force, merge, and push again; or push --force over it.`,
      );
      return 1;
    case 'invalid':
      for (const problem of written.problems) around.say(problem);
      return 2;
  }
}
