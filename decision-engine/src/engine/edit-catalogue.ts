import { publishDraft } from '../catalogue-store/catalogue-drafts.js';
import { type RevisionWritten, rollBack } from '../catalogue-store/catalogue-revisions.js';
import type { Engine } from './engine.js';

type Published = RevisionWritten | { readonly kind: 'unknown-draft' };
type RolledBack = RevisionWritten | { readonly kind: 'unknown-revision' };

/** Makes a draft the revision in force, in the store and in this process at once. */
export async function publishCatalogueDraft(
  engine: Engine,
  options: { readonly draftId: string; readonly author: string; readonly note?: string },
): Promise<Published> {
  const written = await publishDraft(engine.store, { ...options, now: engine.clock() });
  await engine.reloadRules();
  return written;
}

/** Brings the content of revision `to` back as a new revision, in the store and in this process at once. */
export async function rollBackCatalogue(
  engine: Engine,
  options: { readonly to: number; readonly author: string; readonly note?: string },
): Promise<RolledBack> {
  const written = await rollBack(engine.store, { ...options, now: engine.clock() });
  await engine.reloadRules();
  return written;
}
