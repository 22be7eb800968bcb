import { latestRevision, readRevision, writeRevision } from '../../catalogue-store/catalogue-revisions.js';
import type { Engine } from '../../engine/engine.js';

import { type Published, publishJourney } from '../manage/publish-journey.js';
import { type Playbook, readPlaybooks } from './read-playbooks.js';

/** What installing takes of the engine. */
type Installing = Pick<Engine, 'store' | 'rules' | 'reloadRules' | 'journeys' | 'clock'>;

export type Installed =
  | Published
  | { readonly kind: 'unknown-playbook' }
  /** Somebody else changed the catalogue meanwhile. */
  | { readonly kind: 'catalogue-outdated'; readonly latest: number };

async function addMissingActions(
  engine: Installing,
  playbook: Playbook,
  author: string,
): Promise<Exclude<Installed, { readonly kind: 'published' | 'unchanged' | 'unknown-playbook' }> | null> {
  const known = new Set<string>(engine.rules().catalogue.actions.map(({ actionId }) => actionId));
  const missing = playbook.actions.filter(({ actionId }) => !known.has(actionId));
  if (missing.length === 0) return null;
  const basedOn = await latestRevision(engine.store);
  const revision = await readRevision(engine.store, basedOn);
  const before = revision?.content ?? { actions: [], policies: {}, segments: [] };
  const actions = [...(Array.isArray(before.actions) ? before.actions : []), ...missing];
  const written = await writeRevision(engine.store, {
    content: { ...before, actions },
    basedOn,
    author,
    now: engine.clock(),
    note: `Actions of the playbook "${playbook.playbookId}"`,
  });
  await engine.reloadRules();
  switch (written.kind) {
    case 'published':
    case 'unchanged':
      return null;
    case 'invalid':
      return written;
    case 'outdated':
      return { kind: 'catalogue-outdated', latest: written.latest };
  }
}

/**
 * Publishes a playbook: first the actions the catalogue in force does not have, as a new revision, then the journey. Actions that
 * are there already stay as they are.
 */
export async function installPlaybook(
  engine: Installing,
  playbookId: string,
  author: string,
): Promise<Installed> {
  const playbook = (await readPlaybooks()).find((each) => each.playbookId === playbookId);
  if (playbook === undefined) return { kind: 'unknown-playbook' };
  const failed = await addMissingActions(engine, playbook, author);
  if (failed !== null) return failed;
  return publishJourney(engine, { definition: playbook.journey, author, note: playbook.about });
}
