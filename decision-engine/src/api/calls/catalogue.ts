import type { z } from 'zod';
import { type AuthorNames, authorNames } from '../../catalogue-store/author-names.js';
import type { CatalogueContent } from '../../catalogue-store/catalogue-document.js';
import {
  checkDraft,
  createDraft,
  type Draft,
  type DraftSummary,
  discardDraft,
  listDrafts,
  readDraft,
  saveDraft,
} from '../../catalogue-store/catalogue-drafts.js';
import {
  diffRevisions,
  latestRevision,
  listRevisions,
  type RevisionSummary,
  type RevisionWritten,
  readRevision,
} from '../../catalogue-store/catalogue-revisions.js';
import { publishCatalogueDraft, rollBackCatalogue } from '../../engine/edit-catalogue.js';
import { ApiError } from '../api-error.js';
import type { Call } from '../call.js';
import { callerName } from '../caller.js';
import { readCursor } from '../read-cursor.js';
import type {
  CatalogueRevisionView,
  catalogueChanges,
  DiffQuery,
  DraftQuery,
  DraftSummaryView,
  DraftView,
  draftCheck,
  NewDraftRequest,
  PublishDraftRequest,
  PublishedAnswer,
  RevisionSummaryView,
  RevisionsQuery,
  RollBackRequest,
  revisionsPage,
  SaveDraftRequest,
} from '../shapes/catalogue.js';

const unknownRevision = (revision: number) =>
  new ApiError('unknown_revision', `There is no revision ${revision} of the catalogue`);
const unknownDraft = (draftId: string) => new ApiError('unknown_draft', `There is no draft "${draftId}"`);

function summaryOf({ createdAt, ...revision }: RevisionSummary, names: AuthorNames): RevisionSummaryView {
  return { ...revision, authorName: names(revision.author), createdAt: createdAt.toISOString() };
}

function draftSummaryOf(
  { createdAt, updatedAt, ...draft }: DraftSummary,
  names: AuthorNames,
): DraftSummaryView {
  return {
    ...draft,
    authorName: names(draft.author),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

async function draftOf({ engine }: Call, { content, ...summary }: Draft): Promise<DraftView> {
  return { ...draftSummaryOf(summary, await authorNames(engine.store, [summary])), content };
}

/** @throws ApiError `unknown_revision` */
export async function getRevision(
  { engine }: Call,
  { revision }: { readonly revision: number },
): Promise<CatalogueRevisionView> {
  const found = await readRevision(engine.store, revision);
  if (found === null) throw unknownRevision(revision);
  const { content, ...summary } = found;
  return { ...summaryOf(summary, await authorNames(engine.store, [summary])), content };
}

/** The revision in force. */
export async function getCatalogue(call: Call): Promise<CatalogueRevisionView> {
  return getRevision(call, { revision: await latestRevision(call.engine.store) });
}

function decodeRevisionCursor(text: string): number | null {
  const decoded = Buffer.from(text, 'base64url').toString();
  return /^[1-9]\d{0,9}$/.test(decoded) ? Number(decoded) : null;
}

/** @throws ApiError `invalid_cursor` */
export async function getRevisions(
  { engine }: Call,
  { cursor, limit }: RevisionsQuery,
): Promise<z.input<typeof revisionsPage>> {
  const before = readCursor(cursor, decodeRevisionCursor) ?? undefined;
  const { items, nextBefore } = await listRevisions(engine.store, { before, limit });
  const names = await authorNames(engine.store, items);
  return {
    items: items.map((item) => summaryOf(item, names)),
    nextCursor: nextBefore === null ? null : Buffer.from(String(nextBefore)).toString('base64url'),
  };
}

/** @throws ApiError `unknown_revision` */
export async function diffCatalogue(
  { engine }: Call,
  { from, to }: DiffQuery,
): Promise<z.input<typeof catalogueChanges>> {
  const changes = await diffRevisions(engine.store, from, to);
  if (changes === null) throw new ApiError('unknown_revision', `There is no revision ${from} or no ${to}`);
  return changes;
}

function published(written: RevisionWritten): PublishedAnswer {
  switch (written.kind) {
    case 'published':
      return { revision: written.revision, isNew: true, warnings: written.warnings };
    case 'unchanged':
      return { revision: written.revision, isNew: false, warnings: [] };
    case 'outdated':
      throw new ApiError(
        'catalogue_outdated',
        `The catalogue has moved on to revision ${written.latest}: look through what changed and save the draft with "basedOn": ${written.latest}`,
      );
    case 'invalid':
      throw new ApiError('catalogue_invalid', `This can't be published: ${written.problems[0] ?? ''}`, {
        issues: written.problems.map((problem) => ({ path: 'content', expected: problem })),
      });
  }
}

/** @throws ApiError `unknown_revision`, `catalogue_outdated`, `catalogue_invalid` */
export async function rollBack(
  { engine, caller }: Call,
  { to, note }: RollBackRequest,
): Promise<PublishedAnswer> {
  const author = callerName(caller);
  const written = await rollBackCatalogue(engine, { to, author, ...(note === undefined ? {} : { note }) });
  if (written.kind === 'unknown-revision') throw unknownRevision(to);
  return published(written);
}

export async function getDrafts({ engine }: Call): Promise<{ items: DraftSummaryView[] }> {
  const drafts = await listDrafts(engine.store);
  const names = await authorNames(engine.store, drafts);
  return { items: drafts.map((draft) => draftSummaryOf(draft, names)) };
}

/** @throws ApiError `unknown_draft` */
export async function getDraft(call: Call, { draftId }: DraftQuery): Promise<DraftView> {
  const draft = await readDraft(call.engine.store, draftId);
  if (draft === null) throw unknownDraft(draftId);
  return draftOf(call, draft);
}

export async function newDraft(call: Call, { name, content, basedOn }: NewDraftRequest): Promise<DraftView> {
  const { engine, caller } = call;
  const draft = await createDraft(engine.store, {
    draftId: engine.newId('drf'),
    name,
    author: callerName(caller),
    now: engine.clock(),
    content,
    basedOn,
  });
  return draftOf(call, draft);
}

/** @throws ApiError `unknown_draft`, `draft_conflict` */
export async function changeDraft(call: Call, request: SaveDraftRequest): Promise<DraftView> {
  const { engine, caller } = call;
  const content: CatalogueContent | undefined = request.content;
  const saved = await saveDraft(engine.store, {
    ...request,
    content,
    author: callerName(caller),
    now: engine.clock(),
  });
  switch (saved.kind) {
    case 'saved':
      return draftOf(call, saved.draft);
    case 'unknown-draft':
      throw unknownDraft(request.draftId);
    case 'conflict':
      throw new ApiError(
        'draft_conflict',
        `The draft is at version ${saved.draft.version}, saved by ${saved.draft.author}: read it again`,
      );
  }
}

/** @throws ApiError `unknown_draft` */
export async function dropDraft({ engine }: Call, { draftId }: DraftQuery): Promise<{ discarded: true }> {
  if (!(await discardDraft(engine.store, draftId))) throw unknownDraft(draftId);
  return { discarded: true };
}

/** @throws ApiError `unknown_draft` */
export async function inspectDraft(
  { engine }: Call,
  { draftId }: DraftQuery,
): Promise<z.input<typeof draftCheck>> {
  const check = await checkDraft(engine.store, draftId);
  if (check === null) throw unknownDraft(draftId);
  return check;
}

/** @throws ApiError `unknown_draft`, `catalogue_outdated`, `catalogue_invalid` */
export async function publish(
  { engine, caller }: Call,
  { draftId, note }: PublishDraftRequest,
): Promise<PublishedAnswer> {
  const author = callerName(caller);
  const options = { draftId, author, ...(note === undefined ? {} : { note }) };
  const written = await publishCatalogueDraft(engine, options);
  if (written.kind === 'unknown-draft') throw unknownDraft(draftId);
  return published(written);
}
