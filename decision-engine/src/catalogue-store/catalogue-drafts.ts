import type { Store } from '../store/store.js';
import { checkWords } from '../treatments/check-words.js';
import { type CatalogueChanges, changesOf } from './catalogue-changes.js';
import {
  CATALOGUE_REVISION_VERSION,
  type CatalogueContent,
  type CatalogueDocument,
  type DraftDocument,
} from './catalogue-document.js';
import {
  latestRevision,
  mustParse,
  type RevisionWritten,
  readRevision,
  writeRevision,
} from './catalogue-revisions.js';
import { checkContent } from './check-content.js';

/** What is said of a draft in lists. */
export type DraftSummary = {
  readonly draftId: string;
  readonly name: string;
  /** The revision it started from; 0 = an empty catalogue. */
  readonly basedOn: number;
  /** Counts its saves, from 1; to be named when it is saved again. */
  readonly version: number;
  readonly author: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export type Draft = DraftSummary & { readonly content: CatalogueContent };

/** What publishing a draft would do. */
export type DraftCheck = {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  /** Against the revision in force; null while there are problems. */
  readonly changes: CatalogueChanges | null;
  /** True when the catalogue has moved on since the draft was begun. */
  readonly outdated: boolean;
};

function draftOf(document: DraftDocument): Draft {
  const { _id, name, basedOn, version, author, createdAt, updatedAt, actions, policies, segments } = document;
  return {
    draftId: _id,
    name,
    basedOn,
    version,
    author,
    createdAt,
    updatedAt,
    content: { actions, policies, segments },
  };
}

/**
 * Begins a draft, from `content` or, where there is none, from the revision in force. A draft may hold mistakes: it is
 * checked when it is published.
 * @param draft.basedOn the revision that `content` was made from; the one in force unless told
 */
export async function createDraft(
  store: Store,
  draft: {
    readonly draftId: string;
    readonly name: string;
    readonly author: string;
    readonly now: Date;
    readonly content?: CatalogueContent | undefined;
    readonly basedOn?: number | undefined;
  },
): Promise<Draft> {
  const latest = await latestRevision(store);
  // Content that was made from an earlier revision says so; nothing is made from one that is not there yet.
  const basedOn = draft.content === undefined ? latest : Math.min(draft.basedOn ?? latest, latest);
  const content = draft.content ?? (await readRevision(store, basedOn))?.content;
  if (content === undefined) throw new Error(`Expected revision ${basedOn} of the catalogue to be stored`);
  const document: DraftDocument = {
    _id: draft.draftId,
    schemaVersion: CATALOGUE_REVISION_VERSION,
    name: draft.name,
    basedOn,
    version: 1,
    ...content,
    author: draft.author,
    createdAt: draft.now,
    updatedAt: draft.now,
  };
  await store.drafts.create(document);
  return draftOf(document);
}

export async function readDraft(store: Store, draftId: string): Promise<Draft | null> {
  const document = await store.drafts.findById(draftId).lean<DraftDocument | null>();
  return document === null ? null : draftOf(document);
}

/** All drafts, the one changed last first. */
export async function listDrafts(store: Store): Promise<readonly DraftSummary[]> {
  const documents = await store.drafts
    .find({}, { actions: 0, policies: 0, segments: 0 })
    .sort({ updatedAt: -1 })
    .lean<DraftDocument[]>();
  return documents.map((document) => {
    const { content, ...summary } = draftOf(document);
    return summary;
  });
}

export type DraftSaved =
  | { readonly kind: 'saved'; readonly draft: Draft }
  | { readonly kind: 'unknown-draft' }
  /** Somebody else saved it since `version` was read. */
  | { readonly kind: 'conflict'; readonly draft: Draft };

/**
 * Saves changes of a draft over the version that was read.
 * @param changes.basedOn set to the revision in force after looking through what changed in between
 */
export async function saveDraft(
  store: Store,
  changes: {
    readonly draftId: string;
    readonly version: number;
    readonly now: Date;
    readonly author: string;
    readonly name?: string | undefined;
    readonly content?: CatalogueContent | undefined;
    readonly basedOn?: number | undefined;
  },
): Promise<DraftSaved> {
  const { draftId, version, now, author, name, content, basedOn } = changes;
  await store.drafts.updateOne(
    { _id: draftId, version },
    {
      $set: {
        ...(content ?? {}),
        ...(name === undefined ? {} : { name }),
        ...(basedOn === undefined ? {} : { basedOn }),
        author,
        updatedAt: now,
        version: version + 1,
      },
    },
  );
  const draft = await readDraft(store, draftId);
  if (draft === null) return { kind: 'unknown-draft' };
  const ours = draft.version === version + 1 && draft.updatedAt.getTime() === now.getTime();
  return { kind: ours ? 'saved' : 'conflict', draft };
}

/** @returns false when there was no such draft */
export async function discardDraft(store: Store, draftId: string): Promise<boolean> {
  return (await store.drafts.deleteOne({ _id: draftId })).deletedCount === 1;
}

/** Says what publishing a draft would do, and publishes nothing. Null = there is no such draft. */
export async function checkDraft(store: Store, draftId: string): Promise<DraftCheck | null> {
  const draft = await readDraft(store, draftId);
  if (draft === null) return null;
  const latest = await latestRevision(store);
  const outdated = latest !== draft.basedOn;
  const checked = checkContent(draft.content, `draft ${draftId}`);
  if (!checked.ok) return { problems: checked.problems, warnings: [], changes: null, outdated };
  const inForce = await readRevision(store, latest);
  const changes =
    inForce === null ? null : changesOf(mustParse(inForce.content, `r${latest}`), checked.content);
  const words = await checkWords(checked.content.actions, checked.content.policies.computedTraits);
  const warnings = [...checked.warnings, ...words.warnings];
  return { problems: words.problems, warnings, changes, outdated };
}

/**
 * Makes a draft the revision in force and takes it away. Doing so twice publishes once; where the catalogue moved on
 * since the draft was begun nothing happens.
 */
export async function publishDraft(
  store: Store,
  options: { readonly draftId: string; readonly author: string; readonly now: Date; readonly note?: string },
): Promise<RevisionWritten | { readonly kind: 'unknown-draft' }> {
  const { draftId, author, now, note } = options;
  const draft = await readDraft(store, draftId);
  if (draft === null) return { kind: 'unknown-draft' };
  const publishedFrom = `${draftId}/${draft.version}`;
  const before = await store.catalogues
    .findOne({ publishedFrom }, { _id: 1 })
    .lean<Pick<CatalogueDocument, '_id'> | null>();
  const written: RevisionWritten =
    before !== null
      ? { kind: 'published', revision: before._id, warnings: [] }
      : await writeRevision(store, {
          content: draft.content,
          basedOn: draft.basedOn,
          author,
          now,
          note: note ?? draft.name,
          publishedFrom,
        });
  if (written.kind === 'published' || written.kind === 'unchanged') {
    await store.drafts.deleteOne({ _id: draftId, version: draft.version });
  }
  return written;
}
