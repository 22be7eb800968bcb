import { z } from 'zod';
import { type Action, actionSchema } from './action.js';
import { describeIssues } from './describe-issues.js';

/** The actions in force together. `version` is the shell's revision number or a content hash; it goes into decisions. */
export type Catalogue = { readonly version: string; readonly actions: readonly Action[] };

export type ParsedCatalogue =
  | { readonly ok: true; readonly actions: readonly Action[] }
  | { readonly ok: false; readonly problems: readonly string[] };

const actionsSchema = z.array(actionSchema).superRefine((actions, context) => {
  const seen = new Map<string, number>();
  actions.forEach((action, index) => {
    const first = seen.get(action.actionId);
    if (first !== undefined) {
      context.addIssue({
        code: 'custom',
        path: [index, 'actionId'],
        message: `unique in the catalogue (also at [${first}])`,
        input: action.actionId,
      });
    }
    seen.set(action.actionId, index);
  });
});

/** Parses what a YAML file or an API call holds. Each problem names the path, what was expected and what was there. */
export function parseCatalogue(input: unknown): ParsedCatalogue {
  const parsed = actionsSchema.safeParse(input);
  if (parsed.success) return { ok: true, actions: parsed.data };
  return { ok: false, problems: describeIssues(parsed.error.issues, { input, name: 'actions' }) };
}
