import { addRevision } from '../catalogue-store/catalogue-revisions.js';
import { DEMO_ACTIONS, DEMO_POLICIES } from '../demo-shop/index.js';
import type { Store } from '../store/store.js';

/** Gives an installation without a catalogue the demo shop's actions and policies. */
export async function addDemoCatalogue(store: Store, now: Date): Promise<void> {
  if ((await store.catalogues.estimatedDocumentCount()) > 0) return;
  await addRevision(store, { actions: DEMO_ACTIONS, policies: DEMO_POLICIES, author: 'demo shop', now });
}
