import type { Identity } from '../api/shapes/identity.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import { displayNameOf } from '../customers/display-name.js';
import type { IdentityDocument } from '../customers/identity-document.js';
import { familyOf } from '../privacy/read-subject.js';
import type { Store } from '../store/store.js';
import type { ConflictDocument } from './conflict-document.js';
import type { MergeDocument } from './merge-document.js';

/** What distinguishes people: two of a kind in one customer may be two people. */
const TELLING = ['userId', 'email', 'phone'] as const;

export type SeenMerge = {
  readonly absorbedId: string;
  readonly absorbedName: string;
  /** Null for merges from before they were recorded. */
  readonly record: MergeDocument | null;
  /** What goes back when it is undone. */
  readonly identities: readonly Identity[];
  readonly events: number;
  readonly decisions: number;
  /** Kinds of identity of which both sides have some, and different ones. */
  readonly differs: readonly (typeof TELLING)[number][];
};

type Names = Pick<CustomerDocument, '_id' | 'traits' | 'mergedInto' | 'mergePending'>;

function plain({ kind, value }: IdentityDocument): Identity {
  return { kind, value };
}

function differing(
  theirs: readonly IdentityDocument[],
  others: readonly IdentityDocument[],
): SeenMerge['differs'] {
  const has = (side: readonly IdentityDocument[], kind: string) => side.some((each) => each.kind === kind);
  return TELLING.filter((kind) => has(theirs, kind) && has(others, kind));
}

async function seen(
  store: Store,
  absorbed: Names,
  { record, holder }: { record: MergeDocument | null; holder: readonly IdentityDocument[] },
): Promise<SeenMerge> {
  const family = await familyOf(store, absorbed._id);
  const isIn = absorbed.mergedInto !== null;
  const side = isIn
    ? holder.filter(({ origin }) => origin !== undefined && family.includes(origin))
    : await store.identities.find({ customerId: absorbed._id }).lean<IdentityDocument[]>();
  const given = { origin: { $in: family } };
  const [events, decisions] = isIn
    ? await Promise.all([
        store.events.countDocuments({ ...given, customerId: holder[0]?.customerId ?? '' }),
        store.decisions.countDocuments({ ...given, customerId: holder[0]?.customerId ?? '' }),
      ])
    : [0, 0];
  return {
    absorbedId: absorbed._id,
    absorbedName: displayNameOf(absorbed),
    record,
    identities: side.map(plain),
    events,
    decisions,
    differs: isIn
      ? differing(
          side,
          holder.filter((each) => !side.includes(each)),
        )
      : [],
  };
}

/** A customer with more is a shared computer at least; the latest are shown. */
const MOST_SHOWN = 50;

/** Who became part of a customer, and whom somebody took out again, the latest first, 50 at most. */
export async function viewMerges(store: Store, customerId: string): Promise<SeenMerge[]> {
  const family = await familyOf(store, customerId);
  const [records, holder] = await Promise.all([
    store.merges
      .find({ $or: [{ survivorId: { $in: family } }, { absorbedId: { $in: family } }] })
      .sort({ at: -1, _id: 1 })
      .limit(MOST_SHOWN)
      .lean<MergeDocument[]>(),
    store.identities.find({ customerId }).lean<IdentityDocument[]>(),
  ]);
  const ids = new Set([...family, ...records.map(({ absorbedId }) => absorbedId)]);
  const documents = await store.customers
    .find({ _id: { $in: [...ids] } }, { traits: 1, mergedInto: 1, mergePending: 1 })
    .lean<Names[]>();
  const byId = new Map(documents.map((document) => [document._id, document]));
  const known = records.flatMap((record) => {
    const absorbed = byId.get(record.absorbedId);
    // Begun by an event that never came back: it did not happen.
    const happened = record.state !== 'merging' || absorbed?.mergePending === true;
    return absorbed === undefined || !happened ? [] : [{ absorbed, record }];
  });
  const recorded = new Set(known.map(({ absorbed }) => absorbed._id));
  const unrecorded = documents
    .filter(({ _id, mergedInto }) => mergedInto !== null && !recorded.has(_id))
    .map((absorbed) => ({ absorbed, record: null }));
  return Promise.all(
    [...known, ...unrecorded]
      .slice(0, MOST_SHOWN)
      .map(({ absorbed, record }) => seen(store, absorbed, { record, holder })),
  );
}

export type SeenConflictView = {
  readonly conflict: ConflictDocument;
  readonly customerName: string;
  readonly otherName: string;
};

/** Conflicts, the latest first. @param customerId only those this customer is part of; absent = all */
export async function viewConflicts(
  store: Store,
  { customerId, limit }: { readonly customerId?: string | undefined; readonly limit: number },
): Promise<SeenConflictView[]> {
  const filter = customerId === undefined ? {} : { $or: [{ customerId }, { otherId: customerId }] };
  const conflicts = await store.identityConflicts
    .find(filter)
    .sort({ at: -1, _id: -1 })
    .limit(limit)
    .lean<ConflictDocument[]>();
  const ids = conflicts.flatMap((conflict) => [conflict.customerId, conflict.otherId]);
  const documents = await store.customers.find({ _id: { $in: ids } }, { traits: 1 }).lean<Names[]>();
  const names = new Map(documents.map((document) => [document._id, displayNameOf(document)]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  return conflicts.map((conflict) => ({
    conflict,
    customerName: nameOf(conflict.customerId),
    otherName: nameOf(conflict.otherId),
  }));
}
