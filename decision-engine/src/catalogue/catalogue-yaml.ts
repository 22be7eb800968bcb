import { parseAllDocuments, stringify } from 'yaml';
import type { z } from 'zod';
import { type Action, actionSchema } from './action.js';
import { type ParsedCatalogue, parseCatalogue } from './catalogue.js';

/** One file of a catalogue kept in git. */
export type CatalogueFile = { readonly name: string; readonly text: string };

const MOST_ALIASES = 50;

type Read = { readonly values: readonly unknown[]; readonly problems: readonly string[] };

/** A file holds one action, a list of actions, or several documents of either, divided by `---`. */
function readFile({ name, text }: CatalogueFile): Read {
  const values: unknown[] = [];
  const problems: string[] = [];
  for (const document of parseAllDocuments(text, { prettyErrors: true })) {
    if (document.errors.length > 0) {
      problems.push(...document.errors.map((error) => `${name}: ${error.message.split('\n')[0] ?? ''}`));
      continue;
    }
    try {
      const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
      if (value !== null && value !== undefined) values.push(...(Array.isArray(value) ? value : [value]));
    } catch (error) {
      // The parser throws this where aliases resolve to too much or to nothing.
      if (!(error instanceof ReferenceError)) throw error;
      problems.push(`${name}: ${error.message}`);
    }
  }
  return { values, problems };
}

/** Reads a catalogue from YAML files; each problem names its file and path. Ids must be unique over all files. */
export function catalogueFromYaml(files: readonly CatalogueFile[]): ParsedCatalogue {
  const problems: string[] = [];
  const all: unknown[] = [];
  for (const file of files) {
    const read = readFile(file);
    problems.push(...read.problems);
    const parsed = parseCatalogue(read.values);
    if (!parsed.ok) problems.push(...parsed.problems.map((problem) => `${file.name}: ${problem}`));
    all.push(...read.values);
  }
  if (problems.length > 0) return { ok: false, problems };
  return parseCatalogue(all);
}

/** Defaults say nothing that isn't known; a file without them is what people write and review. */
function withoutDefaults(action: Action): Record<string, unknown> {
  const { actionId, name, issue, group, class: itsClass, value, treatments } = action;
  const plain: z.input<typeof actionSchema> = {
    actionId,
    name,
    issue,
    group,
    class: itsClass,
    value,
    treatments: treatments.map(({ treatmentId, channel, title }) => ({ treatmentId, channel, title })),
  };
  return prune(action, actionSchema.parse(plain), new Set(Object.keys(plain)));
}

function prune(value: object, defaults: object, keep: ReadonlySet<string>): Record<string, unknown> {
  const pruned: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    const standard: unknown = Reflect.get(defaults, key);
    if (part === undefined || (!keep.has(key) && JSON.stringify(part) === JSON.stringify(standard))) continue;
    pruned[key] = part;
  }
  return pruned;
}

function pruneTreatment(treatment: Action['treatments'][number]): Record<string, unknown> {
  const bare = { placements: [], contactCost: 0, attributes: {}, body: '' };
  return prune(treatment, bare, new Set(['treatmentId', 'channel', 'title']));
}

/** One document per action, in a fixed order of fields, so that a diff in git shows what changed and nothing else. */
export function catalogueToYaml(actions: readonly Action[]): string {
  return [...actions]
    .sort((a, b) => (a.actionId < b.actionId ? -1 : 1))
    .map((action) =>
      stringify(
        { ...withoutDefaults(action), treatments: action.treatments.map(pruneTreatment) },
        { lineWidth: 110 },
      ),
    )
    .join('---\n');
}
