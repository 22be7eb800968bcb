import { addRevision } from '../catalogue-store/catalogue-revisions.js';
import { DEMO_ACTIONS, DEMO_POLICIES, DEMO_SEGMENTS } from '../demo-shop/index.js';
import type { Store } from '../store/store.js';

/** What a new installation with the demo shop can do, by which rules, and for whom. */
export const DEMO_CATALOGUE = { actions: DEMO_ACTIONS, policies: DEMO_POLICIES, segments: DEMO_SEGMENTS };

/** Gives an installation without a catalogue that of the demo shop. */
export async function addDemoCatalogue(store: Store, now: Date): Promise<void> {
  if ((await store.catalogues.estimatedDocumentCount()) > 0) return;
  await addRevision(store, { ...DEMO_CATALOGUE, author: 'demo shop', now });
}
