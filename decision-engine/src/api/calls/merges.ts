import type { z } from 'zod';
import { normaliseIdentity } from '../../customers/identity.js';
import { beginUndoing, finishUndoing } from '../../merges/finish-undoing.js';
import type { MergeDocument } from '../../merges/merge-document.js';
import {
  type SeenConflictView,
  type SeenMerge,
  viewConflicts,
  viewMerges,
} from '../../merges/view-merges.js';
import { NOT_RECORDED, whyNotUndone } from '../../merges/why-not-undone.js';
import type { Store } from '../../store/store.js';
import { ApiError } from '../api-error.js';
import type { Call } from '../call.js';
import { auditWho } from '../caller.js';
import { IDENTITY_KINDS, type Identity } from '../shapes/identity.js';
import type {
  ConflictView,
  conflictList,
  customerMerges,
  MergeView,
  UndoMergeRequest,
} from '../shapes/merge.js';

const CONFLICTS_OF_ONE = 20;

function identityOf(key: string): Identity[] {
  const kind = IDENTITY_KINDS.find((each) => key.startsWith(`${each}:`));
  const found = kind === undefined ? null : normaliseIdentity({ kind, value: key.slice(kind.length + 1) });
  return found === null ? [] : [found];
}

async function viewOf(store: Store, seen: SeenMerge): Promise<MergeView> {
  const { record, absorbedId, absorbedName, identities, events, decisions, differs } = seen;
  return {
    mergeId: record?._id ?? null,
    absorbedId,
    absorbedName,
    because:
      record === null
        ? null
        : {
            messageId: record.messageId,
            eventType: record.eventType,
            identities: record.identities.flatMap(identityOf),
            at: record.at.toISOString(),
          },
    state: record?.state ?? 'merged',
    identities: [...identities],
    events,
    decisions,
    differs: [...differs],
    whyNot: record === null ? NOT_RECORDED : await whyNotUndone(store, record),
    undone:
      record?.undoneBy == null
        ? null
        : {
            at: record.undoneAt?.toISOString() ?? null,
            by: record.undoneBy.name,
            reason: record.reason,
          },
  };
}

function conflictViewOf({ conflict, customerName, otherName }: SeenConflictView): ConflictView {
  const { _id, customerId, otherId, identity, reason, messageId, at } = conflict;
  return {
    conflictId: _id,
    customerId,
    customerName,
    otherId,
    otherName,
    identity,
    reason,
    messageId,
    at: at.toISOString(),
  };
}

/** Who became part of a customer, who was taken out again, and what somebody else has that their events name. */
export async function customerMergesOf(
  { engine: { store } }: Call,
  { customerId }: { readonly customerId: string },
): Promise<z.input<typeof customerMerges>> {
  const [seen, conflicts] = await Promise.all([
    viewMerges(store, customerId),
    viewConflicts(store, { customerId, limit: CONFLICTS_OF_ONE }),
  ]);
  return {
    merges: await Promise.all(seen.map((each) => viewOf(store, each))),
    conflicts: conflicts.map(conflictViewOf),
  };
}

/** Customers that events would make one and that stay two, the latest first. */
export async function listConflicts(
  { engine: { store } }: Call,
  { limit }: { readonly limit: number },
): Promise<z.input<typeof conflictList>> {
  return { items: (await viewConflicts(store, { limit })).map(conflictViewOf) };
}

/**
 * Takes a merge apart: the one who became part of the other is a customer of their own again. Asked twice it is done once.
 * @throws ApiError `unknown_merge`, `merge_not_undoable`
 */
export async function undoOneMerge(
  { engine, caller, note }: Call,
  { mergeId, reason }: UndoMergeRequest,
): Promise<MergeView> {
  const { store } = engine;
  note({ after: { mergeId, reason } });
  const record = await store.merges.findById(mergeId).lean<MergeDocument | null>();
  if (record === null) throw new ApiError('unknown_merge', `There is no merge "${mergeId}"`);
  const { absorbedId, survivorId } = record;
  note({
    target: { kind: 'customer', id: survivorId, name: `taken apart from ${absorbedId}` },
    before: { customerIds: [survivorId] },
    after: { customerIds: [survivorId, absorbedId], reason },
  });
  if (record.state === 'merged') {
    const whyNot = await whyNotUndone(store, record);
    if (whyNot !== null) throw new ApiError('merge_not_undoable', `${whyNot}.`);
    const { id, name } = auditWho(caller);
    await beginUndoing(engine, { mergeId, by: { id, name }, reason });
  } else if (record.state === 'merging') {
    throw new ApiError('merge_not_undoable', 'The merge is still being made: try again in a minute.');
  }
  await finishUndoing(engine);
  const seen = (await viewMerges(store, absorbedId)).find((each) => each.record?._id === mergeId);
  if (seen === undefined) throw new ApiError('unknown_merge', `There is no merge "${mergeId}" any more`);
  return viewOf(store, seen);
}
