import { parseCatalogue } from '../catalogue/catalogue.js';
import { compileRules, type DecidingRules } from '../decisions/deciding-rules.js';
import { parsePolicies } from '../policy/policies.js';
import type { Store } from '../store/store.js';
import { CATALOGUE_REVISION_VERSION } from './catalogue-document.js';

export type NewRevision = {
  readonly actions: unknown;
  readonly policies: unknown;
  readonly author: string;
  readonly now: Date;
};

function rulesOf(revision: {
  readonly version: string;
  readonly actions: unknown;
  readonly policies: unknown;
}): DecidingRules {
  const { version } = revision;
  const catalogue = parseCatalogue(revision.actions);
  const policies = parsePolicies(revision.policies);
  const problems = [...(catalogue.ok ? [] : catalogue.problems), ...(policies.ok ? [] : policies.problems)];
  if (!catalogue.ok || !policies.ok) {
    throw new Error(`Revision ${version} of the catalogue can't be used:\n  ${problems.join('\n  ')}`);
  }
  return compileRules({ version, actions: catalogue.actions }, { version, policies: policies.policies });
}

/**
 * Keeps a new revision, after checking that it compiles. Revisions are never changed.
 * @throws with every problem and its path, when it can't be used; when another author was quicker with this number
 */
export async function addRevision(
  store: Store,
  { actions, policies, author, now }: NewRevision,
): Promise<DecidingRules> {
  const latest = await store.catalogues.findOne({}, { _id: 1 }).sort({ _id: -1 }).lean();
  const number = (latest?._id ?? 0) + 1;
  const rules = rulesOf({ version: `r${number}`, actions, policies });
  await store.catalogues.create({
    _id: number,
    schemaVersion: CATALOGUE_REVISION_VERSION,
    actions,
    policies,
    author,
    createdAt: now,
  });
  return rules;
}

/** The latest revision, compiled; null when there is none. */
export async function loadRules(store: Store): Promise<DecidingRules | null> {
  const latest = await store.catalogues.findOne({}).sort({ _id: -1 }).lean();
  if (latest === null) return null;
  return rulesOf({ version: `r${latest._id}`, actions: latest.actions, policies: latest.policies });
}

/** What decides until there is a catalogue: nothing can be chosen, and every decision says so. */
export function noRules(): DecidingRules {
  return rulesOf({ version: 'none', actions: [], policies: {} });
}
