import type { Condition } from '../conditions/condition.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import { identityKey, normaliseIdentity } from '../customers/identity.js';
import { OWN_EVENTS } from '../customers/own-events.js';
import type { CustomerId } from '../customers/profile.js';
import type { Engine } from '../engine/engine.js';
import { takeOwnEvents } from '../engine/take-own-events.js';
import { mapLimited } from '../journeys/runtime/map-limited.js';
import type { Store } from '../store/store.js';
import type { Segment } from './segment.js';

/** The condition of a segment whose members are named one by one. */
export function listCondition(segmentId: string): Condition {
  return { field: 'lists', op: 'contains', value: segmentId };
}

/** Whether a segment's members are those that somebody named, and nobody else. */
export function isList({ segmentId, when }: Pick<Segment, 'segmentId' | 'when'>): boolean {
  return 'field' in when && when.field === 'lists' && when.op === 'contains' && when.value === segmentId;
}

/** Kinds of ids a list may name customers by, the strongest first. */
const KINDS = ['userId', 'externalId', 'email', 'phone', 'anonymousId'] as const;

/** Whom each id names, by the id; who is not in it is not known. One that is a user id counts as that, whatever else it could be. */
async function customersBy(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const keysOf = (id: string): string[] =>
    KINDS.flatMap((kind) => {
      const identity = normaliseIdentity({ kind, value: id });
      return identity === null ? [] : [identityKey(identity)];
    });
  const [owned, named] = await Promise.all([
    store.identities.find({ _id: { $in: ids.flatMap(keysOf) } }, { customerId: 1 }).lean(),
    store.customers
      .find({ _id: { $in: [...ids] } }, { mergedInto: 1 })
      .lean<Pick<CustomerDocument, '_id' | 'mergedInto'>[]>(),
  ]);
  const owners = new Map([
    ...named.map(({ _id, mergedInto }): [string, string] => [_id, mergedInto ?? _id]),
    ...owned.map(({ _id, customerId }): [string, string] => [_id, customerId]),
  ]);
  return new Map(
    ids.flatMap((id): [string, string][] => {
      const key = [id, ...keysOf(id)].find((each) => owners.has(each));
      const owner = key === undefined ? undefined : owners.get(key);
      return owner === undefined ? [] : [[id, owner]];
    }),
  );
}

export type ListChanged = {
  readonly changed: number;
  /** Were on the list already, or not on it. */
  readonly unchanged: number;
  /** Ids that name nobody, as they were given. */
  readonly unknown: readonly string[];
};

const SIDE_BY_SIDE = 8;

/**
 * Puts customers on the list a segment is made of, or takes them off. It is an event in each one's history, so it goes along
 * when customers are merged, exported and erased. Done twice it changes nothing.
 */
export async function changeList(
  engine: Engine,
  {
    segmentId,
    ids,
    member,
  }: { readonly segmentId: string; readonly ids: readonly string[]; readonly member: boolean },
): Promise<ListChanged> {
  const given = [...new Set(ids.map((id) => id.trim()))].filter((id) => id !== '');
  const found = await customersBy(engine.store, given);
  const customerIds = [...new Set(found.values())];
  const documents = await engine.store.customers
    .find({ _id: { $in: customerIds } }, { lists: 1 })
    .lean<Pick<CustomerDocument, '_id' | 'lists'>[]>();
  const wanting = documents.filter(
    ({ lists = [] }) => lists.some((entry) => entry.listId === segmentId && entry.member) !== member,
  );
  const at = engine.clock().getTime();
  await mapLimited(wanting, SIDE_BY_SIDE, async ({ _id }) => {
    const event = {
      messageId: `list:${_id}:${segmentId}:${member ? 'in' : 'out'}:${at}`,
      name: member ? OWN_EVENTS.listJoined : OWN_EVENTS.listLeft,
      properties: { list: segmentId },
    };
    await takeOwnEvents(engine, _id as CustomerId, [event]);
  });
  return {
    changed: wanting.length,
    unchanged: customerIds.length - wanting.length,
    unknown: given.filter((id) => !found.has(id)),
  };
}
