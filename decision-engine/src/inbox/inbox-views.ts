import type { InboxFilter } from '../api/shapes/inbox.js';
import { isDuplicateKey } from '../store/duplicate-keys.js';
import type { Store } from '../store/store.js';
import { INBOX_VIEW_SCHEMA_VERSION, type InboxViewDocument, TEAM } from './inbox-view-document.js';

/** More than anybody reaches by key or by eye. */
export const MOST_VIEWS = 30;

export type InboxView = {
  readonly viewId: string;
  readonly name: string;
  readonly filter: InboxFilter;
  readonly shared: boolean;
};

/** What an agent can choose from: the team's first, then their own, each in the order they were made. */
export async function readViews(
  store: Store,
  agentId: string,
): Promise<{ readonly items: readonly InboxView[]; readonly defaultViewId: string | null }> {
  const [documents, agent] = await Promise.all([
    store.inboxViews
      .find({ owner: { $in: [TEAM, agentId] } })
      .sort({ createdAt: 1, _id: 1 })
      .lean<InboxViewDocument[]>(),
    store.agents.findById(agentId, { inboxView: 1 }).lean(),
  ]);
  const views = documents.map(({ _id, owner, name, filter }) => ({
    viewId: _id,
    name,
    filter,
    shared: owner === TEAM,
  }));
  const items = [...views.filter(({ shared }) => shared), ...views.filter(({ shared }) => !shared)];
  const chosen = agent?.inboxView ?? null;
  return { items, defaultViewId: items.some(({ viewId }) => viewId === chosen) ? chosen : null };
}

export type ViewSaved = 'saved' | 'not-yours' | 'too-many';

/** Saves a view under its id, new or changed; saved twice it is there once. Whose it is does not change. */
export async function saveView(
  store: Store,
  { view, agentId, now }: { readonly view: InboxView; readonly agentId: string; readonly now: Date },
): Promise<ViewSaved> {
  const owner = view.shared ? TEAM : agentId;
  const others = await store.inboxViews.countDocuments({ owner, _id: { $ne: view.viewId } });
  if (others >= MOST_VIEWS) return 'too-many';
  const { name, filter } = view;
  try {
    await store.inboxViews.updateOne(
      { _id: view.viewId, owner },
      {
        $set: { schemaVersion: INBOX_VIEW_SCHEMA_VERSION, name, filter, updatedAt: now },
        $setOnInsert: { createdAt: now },
      },
      { upsert: true },
    );
    return 'saved';
  } catch (error) {
    // The id is there already, and somebody else's.
    if (isDuplicateKey(error)) return 'not-yours';
    throw error;
  }
}

/** @returns whose it was; null where there is no such view of this agent's or the team's */
export async function findView(
  store: Store,
  { viewId, agentId }: { readonly viewId: string; readonly agentId: string },
): Promise<InboxView | null> {
  const { items } = await readViews(store, agentId);
  return items.find((each) => each.viewId === viewId) ?? null;
}

/** Takes a view away; whose default it was begins with everybody again. */
export async function deleteView(store: Store, viewId: string): Promise<void> {
  await store.inboxViews.deleteOne({ _id: viewId });
}

/** Chooses the view that an agent's queue begins with; null for everybody. */
export async function setDefaultView(
  store: Store,
  { viewId, agentId }: { readonly viewId: string | null; readonly agentId: string },
): Promise<void> {
  await store.agents.updateOne(
    { _id: agentId },
    viewId === null ? { $unset: { inboxView: '' } } : { $set: { inboxView: viewId } },
  );
}
