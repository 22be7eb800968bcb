import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import type { Action } from '../../catalogue/action.js';
import { parseCatalogue } from '../../catalogue/catalogue.js';
import { describeIssues } from '../../catalogue/describe-issues.js';

/** From `src/journeys/playbooks` and from `dist/journeys/playbooks` it is the same place. */
const FOLDER = new URL('../../../playbooks/', import.meta.url);

/** A journey that comes with Segue, and the actions it needs, as a catalogue may not have them yet. */
export type Playbook = {
  readonly playbookId: string;
  readonly name: string;
  readonly about: string;
  /** As it is published; checked then, against the catalogue in force. */
  readonly journey: unknown;
  readonly actions: readonly Action[];
};

export type ParsedPlaybook =
  | { readonly ok: true; readonly playbook: Playbook }
  | { readonly ok: false; readonly problems: readonly string[] };

const playbookSchema = z.strictObject({
  about: z.string().min(1).max(2_000),
  journey: z.looseObject({ journeyId: z.string().min(1), name: z.string().min(1) }),
  actions: z.array(z.unknown()).default([]),
});

/** Reads one file; problems name it. */
export function parsePlaybook({
  name,
  text,
}: {
  readonly name: string;
  readonly text: string;
}): ParsedPlaybook {
  let input: unknown;
  try {
    input = parse(text, { maxAliasCount: 50 });
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    return { ok: false, problems: [`${name}: ${error.message.split('\n')[0] ?? ''}`] };
  }
  const parsed = playbookSchema.safeParse(input);
  if (!parsed.success) {
    const problems = describeIssues(parsed.error.issues, { input, name: '' });
    return { ok: false, problems: problems.map((problem) => `${name}: ${problem}`) };
  }
  const { about, journey, actions } = parsed.data;
  const catalogue = parseCatalogue(actions);
  if (!catalogue.ok)
    return { ok: false, problems: catalogue.problems.map((problem) => `${name}: ${problem}`) };
  return {
    ok: true,
    playbook: {
      playbookId: journey.journeyId,
      name: journey.name,
      about,
      journey,
      actions: catalogue.actions,
    },
  };
}

/** The playbooks that come with Segue, by id. @throws when one of them is broken */
export async function readPlaybooks(): Promise<readonly Playbook[]> {
  const files = (await readdir(fileURLToPath(FOLDER))).filter((file) => file.endsWith('.yaml')).sort();
  return Promise.all(
    files.map(async (name) => {
      const text = await readFile(fileURLToPath(new URL(name, FOLDER)), 'utf8');
      const parsed = parsePlaybook({ name, text });
      if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
      return parsed.playbook;
    }),
  );
}
