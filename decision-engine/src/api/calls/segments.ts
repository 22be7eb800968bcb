import { performance } from 'node:perf_hooks';
import { parse, stringify, YAMLParseError } from 'yaml';
import { namedFields } from '../../conditions/profile-schema.js';
import type { CustomerDocument } from '../../customers/customer-document.js';
import { displayNameOf } from '../../customers/display-name.js';
import { changeList, isList } from '../../segments/list-members.js';
import { previewSegment } from '../../segments/preview-segment.js';
import { saveSegment } from '../../segments/save-segment.js';
import { listSegments, type SegmentSummary, viewSegment } from '../../segments/view-segments.js';
import { ApiError } from '../api-error.js';
import type { Call } from '../call.js';
import { callerName } from '../caller.js';
import { readCursor } from '../read-cursor.js';
import type {
  ChangeListRequest,
  ConditionFieldsView,
  ListChangedView,
  SavedSegment,
  SaveSegmentRequest,
  SegmentDetailView,
  SegmentMembers,
  SegmentMembersQuery,
  SegmentPreviewAnswer,
  SegmentPreviewRequest,
  SegmentQuery,
  SegmentSummaryView,
} from '../shapes/segment.js';

/** Somebody waits for a preview. */
const PREVIEW_MS = 1_500;

const unknownSegment = (segmentId: string) =>
  new ApiError('unknown_segment', `The catalogue in force has no segment "${segmentId}"`);

const summaryOf = ({ trend, ...summary }: SegmentSummary): SegmentSummaryView => ({
  ...summary,
  trend: [...trend],
});

export async function getSegments({
  engine,
}: Call): Promise<{ items: SegmentSummaryView[]; customers: number }> {
  const { segments, customers } = await listSegments(engine);
  return { items: segments.map(summaryOf), customers };
}

/** @throws ApiError `unknown_segment` */
export async function getSegment({ engine }: Call, { segmentId }: SegmentQuery): Promise<SegmentDetailView> {
  const view = await viewSegment(engine, segmentId);
  if (view === null) throw unknownSegment(segmentId);
  const { when, overlaps, ...summary } = view;
  return {
    ...summaryOf(summary),
    when,
    isList: isList({ segmentId, when }),
    source: stringify(when),
    overlaps: [...overlaps],
  };
}

function decodeMemberCursor(text: string): string | null {
  const decoded = Buffer.from(text, 'base64url').toString();
  return /^\w{1,64}$/.test(decoded) ? decoded : null;
}

/** @throws ApiError `unknown_segment`, `invalid_cursor` */
export async function getSegmentMembers(
  { engine }: Call,
  { segmentId, cursor, limit }: SegmentMembersQuery,
): Promise<SegmentMembers> {
  if (!engine.rules().segments.some((each) => each.segmentId === segmentId)) throw unknownSegment(segmentId);
  const after = readCursor(cursor, decodeMemberCursor) ?? '';
  const found = await engine.store.customers
    .find({ segments: segmentId, mergedInto: null, _id: { $gt: after } }, { traits: 1 })
    .sort({ _id: 1 })
    .limit(limit + 1)
    .lean<Pick<CustomerDocument, '_id' | 'traits'>[]>();
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((customer) => ({ customerId: customer._id, displayName: displayNameOf(customer) })),
    nextCursor:
      found.length > limit && last !== undefined ? Buffer.from(last._id).toString('base64url') : null,
  };
}

/** The fields a condition may name, for who writes one. Traits and consent are named freely besides. */
export async function getConditionFields({ engine }: Pick<Call, 'engine'>): Promise<ConditionFieldsView> {
  return { items: [...namedFields(engine.rules().schema)] };
}

type ReadCondition =
  | { readonly ok: true; readonly when: unknown }
  | { readonly ok: false; readonly problem: string };

function readCondition(when: SegmentPreviewRequest['when']): ReadCondition {
  if (typeof when !== 'string') return { ok: true, when };
  try {
    return { ok: true, when: parse(when, { maxAliasCount: 20 }) };
  } catch (error) {
    if (!(error instanceof YAMLParseError || error instanceof ReferenceError)) throw error;
    return { ok: false, problem: error.message.split('\n')[0] ?? error.message };
  }
}

/** Says how many customers a condition fits, and who for example; nothing is kept. */
export async function previewCondition(
  { engine }: Call,
  request: SegmentPreviewRequest,
): Promise<SegmentPreviewAnswer> {
  const wrong = (problems: readonly string[]): SegmentPreviewAnswer => ({
    problems,
    fitting: null,
    asked: 0,
    customers: 0,
    sample: [],
  });
  const read = readCondition(request.when);
  if (!read.ok) return wrong([read.problem]);
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  const preview = await previewSegment(engine, read.when, { forMs: PREVIEW_MS, elapsed });
  if (!preview.ok) return wrong(preview.problems);
  const { ok, ...counted } = preview;
  return { problems: [], ...counted };
}

/** @throws ApiError `catalogue_invalid`, `catalogue_outdated` */
export async function putSegment(
  { engine, caller, changed }: Call,
  { when, ...request }: SaveSegmentRequest,
): Promise<SavedSegment> {
  const read = readCondition(when);
  const invalid = (problems: readonly string[]) =>
    new ApiError('catalogue_invalid', `This segment can't be used: ${problems[0] ?? ''}`, {
      issues: problems.map((expected) => ({ path: 'when', expected })),
    });
  if (!read.ok) throw invalid([read.problem]);
  const written = await saveSegment(engine, { ...request, when: read.when, author: callerName(caller) });
  switch (written.kind) {
    case 'published':
    case 'unchanged':
      changed([]);
      return {
        segmentId: request.segmentId,
        revision: written.revision,
        isNew: written.kind === 'published',
      };
    case 'invalid':
      throw invalid(written.problems);
    case 'outdated':
      throw new ApiError(
        'catalogue_outdated',
        `The catalogue has moved on to revision ${written.latest}: save the segment again`,
      );
  }
}

/** @throws ApiError `unknown_segment`, `segment_is_no_list` */
export async function changeSegmentMembers(
  { engine }: Call,
  { segmentId, ids, change }: ChangeListRequest,
): Promise<ListChangedView> {
  const segment = engine.rules().segments.find((each) => each.segmentId === segmentId);
  if (segment === undefined) throw unknownSegment(segmentId);
  if (!isList(segment))
    throw new ApiError(
      'segment_is_no_list',
      `"${segment.name}" is whoever its condition fits: nobody is put into it by hand`,
    );
  return changeList(engine, { segmentId, ids, member: change === 'add' });
}
