import type { InboundEvent } from '@segue/integrations';
import type { Identity } from '../api/shapes/identity.js';
import type { MergeCause } from '../merges/merge-document.js';
import { recordConflicts, type SeenConflict } from '../merges/record-conflicts.js';
import { honourErasures } from '../privacy/honour-erasures.js';
import type { Store } from '../store/store.js';
import { identitiesOfEvent } from './identities-of-event.js';
import { type IdentityKey, identityKey } from './identity.js';
import { IDENTITY_SCHEMA_VERSION } from './identity-document.js';
import { mergeCustomers } from './merge-customers.js';
import { type IdentityPlan, type Owner, planIdentity } from './plan-identity.js';
import type { CustomerId } from './profile.js';

type Owners = Map<IdentityKey, Owner>;

/** Who owns these identities now. */
async function readOwners(store: Store, keys: readonly IdentityKey[]): Promise<Owners> {
  const owned = await store.identities.find({ _id: { $in: [...keys] } }).lean();
  const customerIds = [...new Set(owned.map((identity) => identity.customerId))];
  const telling =
    customerIds.length === 0
      ? []
      : await store.identities
          .find({
            customerId: { $in: customerIds },
            $or: [{ kind: 'userId' }, { apart: { $exists: true } }],
          })
          .lean();
  const byCustomer = new Map<string, string[]>();
  const apart = new Map<string, string[]>();
  for (const { customerId, kind, value, apart: marks = [] } of telling) {
    if (kind === 'userId') byCustomer.set(customerId, [...(byCustomer.get(customerId) ?? []), value]);
    if (marks.length > 0) apart.set(customerId, [...(apart.get(customerId) ?? []), ...marks]);
  }
  return new Map(
    owned.map(({ _id, customerId }) => [
      _id as IdentityKey,
      {
        customerId: customerId as CustomerId,
        userIds: byCustomer.get(customerId) ?? [],
        ...(apart.has(customerId) ? { apart: apart.get(customerId) ?? [] } : {}),
      },
    ]),
  );
}

/** An alias names its `previousId` without saying what kind it is: known as a user id, it is one. */
function withPreviousUserId(
  event: InboundEvent,
  identities: readonly Identity[],
  owners: Owners,
): Identity[] {
  const previous = event.type === 'alias' ? event.previousId : undefined;
  if (previous === undefined || !owners.has(`userId:${previous}`)) return [...identities];
  return [
    ...identities.filter((identity) => !(identity.kind === 'anonymousId' && identity.value === previous)),
    { kind: 'userId', value: previous },
  ];
}

/** Takes free identities for their new owner. @returns false when somebody else was quicker with one of them. */
async function attach(
  store: Store,
  wanted: ReadonlyMap<IdentityKey, { identity: Identity; customerId: CustomerId }>,
): Promise<boolean> {
  if (wanted.size === 0) return true;
  await store.identities.bulkWrite(
    [...wanted].map(([key, { identity, customerId }]) => ({
      updateOne: {
        filter: { _id: key },
        update: { $setOnInsert: { schemaVersion: IDENTITY_SCHEMA_VERSION, customerId, ...identity } },
        upsert: true,
      },
    })),
    { ordered: false },
  );
  const stored = await store.identities.find({ _id: { $in: [...wanted.keys()] } }).lean();
  return stored.every(({ _id, customerId }) => wanted.get(_id as IdentityKey)?.customerId === customerId);
}

type Planned = {
  plans: IdentityPlan[];
  wanted: Map<IdentityKey, { identity: Identity; customerId: CustomerId }>;
};

/** Plans a batch event by event: what one event attaches or merges, the next one sees. */
function planBatch(events: readonly InboundEvent[], known: Owners): Planned {
  const owners: Owners = new Map(known);
  const wanted: Planned['wanted'] = new Map();
  const plans = events.map((event) => {
    const identities = withPreviousUserId(event, identitiesOfEvent(event), owners);
    const plan = planIdentity(identities, owners, event.type === 'alias');
    const { customerId } = plan;
    if (plan.attach.length === 0 && plan.merge.length === 0) return plan;
    for (const identity of plan.attach) wanted.set(identityKey(identity), { identity, customerId });
    const merged = new Set<string>([customerId, ...plan.merge]);
    const userIds = new Set(plan.attach.filter(({ kind }) => kind === 'userId').map(({ value }) => value));
    const apart = new Set<string>();
    for (const owner of owners.values()) {
      if (!merged.has(owner.customerId)) continue;
      for (const userId of owner.userIds) userIds.add(userId);
      for (const mark of owner.apart ?? []) apart.add(mark);
    }
    const owner: Owner = { customerId, userIds: [...userIds], apart: [...apart] };
    for (const [key, before] of owners) if (merged.has(before.customerId)) owners.set(key, owner);
    for (const identity of plan.attach) owners.set(identityKey(identity), owner);
    for (const taken of wanted.values()) if (merged.has(taken.customerId)) taken.customerId = customerId;
    return plan;
  });
  return { plans, wanted };
}

const TRIES = 20;

function causeOf(event: InboundEvent): MergeCause {
  const { messageId, type, receivedAt } = event;
  return {
    messageId,
    eventType: type,
    identities: identitiesOfEvent(event).map(identityKey),
    at: receivedAt,
  };
}

function conflictsOf(plans: readonly IdentityPlan[], events: readonly InboundEvent[]): SeenConflict[] {
  return plans.flatMap(({ customerId, conflicts }, index) => {
    const event = events[index];
    if (event === undefined) return [];
    const { messageId, receivedAt: at } = event;
    return conflicts.map((conflict) => ({ ...conflict, customerId, messageId, at }));
  });
}

function newestOf(events: readonly InboundEvent[]): Date {
  return new Date(Math.max(0, ...events.map(({ receivedAt }) => receivedAt.getTime())));
}

/**
 * Finds or makes the customer of each event, attaches new identities and merges customers who turn out to be one.
 * @returns the customer of each event, in order
 * @throws when other writers kept taking the same identities through every try
 */
export async function resolveCustomers(store: Store, events: readonly InboundEvent[]): Promise<CustomerId[]> {
  const keys = new Set<IdentityKey>();
  for (const event of events) {
    for (const identity of identitiesOfEvent(event)) keys.add(identityKey(identity));
    if (event.type === 'alias' && event.previousId !== undefined) keys.add(`userId:${event.previousId}`);
  }
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const { plans, wanted } = planBatch(events, await readOwners(store, [...keys]));
    await honourErasures(
      store,
      [...wanted].map(([key, { customerId }]) => ({ key, customerId })),
      newestOf(events),
    );
    if (!(await attach(store, wanted))) continue;
    const survivors = new Map<CustomerId, CustomerId>();
    for (const [index, { customerId, merge }] of plans.entries()) {
      const event = events[index];
      if (event === undefined) continue;
      for (const absorbed of merge) {
        await mergeCustomers(store, { absorbed, survivor: customerId, because: causeOf(event) });
        survivors.set(absorbed, customerId);
      }
    }
    await recordConflicts(store, conflictsOf(plans, events));
    return plans.map(({ customerId }) => lastSurvivor(survivors, customerId));
  }
  throw new Error(
    `Could not settle who owns ${keys.size} identities in ${TRIES} tries: other writers kept changing them`,
  );
}

function lastSurvivor(survivors: ReadonlyMap<CustomerId, CustomerId>, customerId: CustomerId): CustomerId {
  const next = survivors.get(customerId);
  return next === undefined ? customerId : lastSurvivor(survivors, next);
}
