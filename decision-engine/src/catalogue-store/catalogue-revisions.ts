import type { DecidingRules } from '../decisions/deciding-rules.js';
import { isDuplicateKey } from '../store/duplicate-keys.js';
import type { Store } from '../store/store.js';
import { checkWords } from '../treatments/check-words.js';
import { type CatalogueChanges, changesOf, isUnchanged } from './catalogue-changes.js';
import {
  CATALOGUE_REVISION_VERSION,
  type CatalogueContent,
  type CatalogueDocument,
} from './catalogue-document.js';
import { type CheckedContent, checkContent, type ParsedContent } from './check-content.js';

const EMPTY: CatalogueContent = { actions: [], policies: {}, segments: [] };

/** What is said of a revision in lists. */
export type RevisionSummary = {
  readonly revision: number;
  readonly author: string;
  readonly createdAt: Date;
  readonly note: string;
  /** The revision whose content it brought back; null for new content. */
  readonly restores: number | null;
};

export type NewRevision = {
  readonly actions: unknown;
  readonly policies: unknown;
  readonly segments?: unknown;
  readonly author: string;
  readonly now: Date;
  readonly note?: string;
};

/** How writing a revision ended. `outdated`: the catalogue has moved on to revision `latest` since. */
export type RevisionWritten =
  | { readonly kind: 'published'; readonly revision: number; readonly warnings: readonly string[] }
  | { readonly kind: 'unchanged'; readonly revision: number }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }
  | { readonly kind: 'outdated'; readonly latest: number };

function contentOf(document: Pick<CatalogueDocument, 'actions' | 'policies' | 'segments'>): CatalogueContent {
  const { actions, policies, segments } = document;
  return { actions, policies, segments: segments ?? [] };
}

function summaryOf(document: CatalogueDocument): RevisionSummary {
  const { _id, author, createdAt, note, restores } = document;
  return { revision: _id, author, createdAt, note: note ?? '', restores: restores ?? null };
}

/** Number of the revision in force; 0 = there is none. */
export async function latestRevision(store: Store): Promise<number> {
  const latest = await store.catalogues.findOne({}, { _id: 1 }).sort({ _id: -1 }).lean();
  return latest?._id ?? 0;
}

/** A revision with its content as it was written; null = there is no such revision. 0 is the empty catalogue. */
export async function readRevision(
  store: Store,
  revision: number,
): Promise<(RevisionSummary & { readonly content: CatalogueContent }) | null> {
  if (revision === 0) {
    return { revision, author: '', createdAt: new Date(0), note: '', restores: null, content: EMPTY };
  }
  const document = await store.catalogues.findById(revision).lean<CatalogueDocument | null>();
  return document === null ? null : { ...summaryOf(document), content: contentOf(document) };
}

/** Revisions, newest first. @param before only those with a smaller number, for the next page */
export async function listRevisions(
  store: Store,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<{ readonly items: readonly RevisionSummary[]; readonly nextBefore: number | null }> {
  const found = await store.catalogues
    .find(before === undefined ? {} : { _id: { $lt: before } }, { actions: 0, policies: 0, segments: 0 })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean<CatalogueDocument[]>();
  const page = found.slice(0, limit);
  return { items: page.map(summaryOf), nextBefore: found.length > limit ? (page.at(-1)?._id ?? null) : null };
}

/** Content that was published compiles, unless a later version of Segue asks more of it. */
function mustCheck(content: CatalogueContent, version: string): Extract<CheckedContent, { ok: true }> {
  const checked = checkContent(content, version);
  if (checked.ok) return checked;
  throw new Error(`Revision ${version} of the catalogue can't be used:\n  ${checked.problems.join('\n  ')}`);
}

/** Published content with its defaults. @throws where this version of Segue can't use it */
export function mustParse(content: CatalogueContent, version: string): ParsedContent {
  return mustCheck(content, version).content;
}

/** What revision `to` changed since revision `from`; null = one of them is not there. 0 is the empty catalogue. */
export async function diffRevisions(
  store: Store,
  from: number,
  to: number,
): Promise<CatalogueChanges | null> {
  const [before, after] = await Promise.all([readRevision(store, from), readRevision(store, to)]);
  if (before === null || after === null) return null;
  return changesOf(mustParse(before.content, `r${from}`), mustParse(after.content, `r${to}`));
}

type ToWrite = {
  readonly content: CatalogueContent;
  /** The revision it was made from: another one in force means that somebody was quicker. */
  readonly basedOn: number;
  readonly author: string;
  readonly now: Date;
  readonly note?: string | undefined;
  readonly restores?: number | undefined;
  readonly publishedFrom?: string | undefined;
};

/** Makes content the revision in force, after checking that it compiles. The number is the lock: of two writers one wins. */
export async function writeRevision(store: Store, toWrite: ToWrite): Promise<RevisionWritten> {
  const { content, basedOn, author, now, note, restores, publishedFrom } = toWrite;
  const latest = await latestRevision(store);
  if (latest !== basedOn) return { kind: 'outdated', latest };
  const revision = latest + 1;
  const checked = checkContent(content, `r${revision}`);
  if (!checked.ok) return { kind: 'invalid', problems: checked.problems };
  const { actions, policies } = checked.content;
  const words = await checkWords(actions, policies.computedTraits);
  if (words.problems.length > 0) return { kind: 'invalid', problems: words.problems };
  const before = await readRevision(store, latest);
  if (latest > 0 && before !== null) {
    const known = checkContent(before.content, `r${latest}`);
    if (known.ok && isUnchanged(changesOf(known.content, checked.content)))
      return { kind: 'unchanged', revision: latest };
  }
  try {
    await store.catalogues.create({
      _id: revision,
      schemaVersion: CATALOGUE_REVISION_VERSION,
      ...content,
      author,
      createdAt: now,
      ...(note === undefined || note === '' ? {} : { note }),
      ...(restores === undefined ? {} : { restores }),
      ...(publishedFrom === undefined ? {} : { publishedFrom }),
    });
  } catch (error) {
    if (isDuplicateKey(error)) return { kind: 'outdated', latest: await latestRevision(store) };
    throw error;
  }
  return { kind: 'published', revision, warnings: [...checked.warnings, ...words.warnings] };
}

/** Brings the content of an earlier revision back, as a new revision: what was in force when stays on record. */
export async function rollBack(
  store: Store,
  options: { readonly to: number; readonly author: string; readonly now: Date; readonly note?: string },
): Promise<RevisionWritten | { readonly kind: 'unknown-revision' }> {
  const { to, author, now, note } = options;
  const wanted = to < 1 ? null : await readRevision(store, to);
  if (wanted === null) return { kind: 'unknown-revision' };
  return writeRevision(store, {
    content: wanted.content,
    basedOn: await latestRevision(store),
    author,
    now,
    note: note ?? `Back to revision ${to}`,
    restores: to,
  });
}

/**
 * Keeps a new revision, after checking that it compiles. Revisions are never changed.
 * @throws with every problem and its path, when it can't be used; when another author was quicker with this number
 */
export async function addRevision(store: Store, added: NewRevision): Promise<DecidingRules> {
  const { actions, policies, segments = [], author, now, note } = added;
  const content = { actions, policies, segments };
  const basedOn = await latestRevision(store);
  const written = await writeRevision(store, { content, basedOn, author, now, note });
  switch (written.kind) {
    case 'invalid':
      throw new Error(
        `Revision r${basedOn + 1} of the catalogue can't be used:\n  ${written.problems.join('\n  ')}`,
      );
    case 'outdated':
      throw new Error(
        `Expected revision ${basedOn} of the catalogue to be the latest, got ${written.latest}: another author was quicker`,
      );
    case 'published':
    case 'unchanged':
      return rulesOf(content, written.revision);
  }
}

function rulesOf(content: CatalogueContent, revision: number): DecidingRules {
  return mustCheck(content, revision === 0 ? 'none' : `r${revision}`).rules;
}

/** The latest revision, compiled; null when there is none. */
export async function loadRules(store: Store): Promise<DecidingRules | null> {
  const revision = await latestRevision(store);
  const latest = revision === 0 ? null : await readRevision(store, revision);
  return latest === null ? null : rulesOf(latest.content, revision);
}

/** What decides until there is a catalogue: nothing can be chosen, and every decision says so. */
export function noRules(): DecidingRules {
  return rulesOf(EMPTY, 0);
}
