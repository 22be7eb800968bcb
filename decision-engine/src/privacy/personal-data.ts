import type { Store } from '../store/store.js';

/** One customer, in all that names them. */
export type Subject = {
  /** Theirs and those of everybody merged into them. */
  readonly customerIds: readonly string[];
  readonly customerHash: string;
  readonly decisionIds: readonly string[];
};

type Filter = Readonly<Record<string, unknown>>;

/** How one collection holds what is personal. */
export type Handling =
  /** Nothing of customers. */
  | { readonly kind: 'none'; readonly why: string }
  /** Documents that are the customer's: written out in an export, deleted in an erasure. */
  | { readonly kind: 'theirs'; readonly filters: (subject: Subject) => readonly Filter[] }
  /** Documents that only name the customer: the name goes, the document stays. */
  | {
      readonly kind: 'mentions';
      readonly filters: (subject: Subject) => readonly Filter[];
      readonly without: (subject: Subject) => Filter;
    };

const byCustomer: Handling = {
  kind: 'theirs',
  filters: ({ customerIds }) => [{ customerId: { $in: customerIds } }],
};
const none = (why: string): Handling => ({ kind: 'none', why });

const LESSONS_AT_ONCE = 100;

/** A lesson's id begins with its decision's. */
function lessonsOf({ decisionIds }: Subject): Filter[] {
  const filters: Filter[] = [];
  for (let start = 0; start < decisionIds.length; start += LESSONS_AT_ONCE) {
    const some = decisionIds.slice(start, start + LESSONS_AT_ONCE);
    filters.push({ $or: some.map((id) => ({ _id: { $gte: `${id}:`, $lt: `${id};` } })) });
  }
  return filters;
}

/**
 * Every collection of the store, and what it holds of a customer. Who adds a collection adds a line: the compiler asks for
 * it, and a test fails for collections that are not in `Store`. The order is that of an erasure: first what still acts
 * for the customer, last what says who they are.
 */
export const PERSONAL_DATA: Readonly<Record<Exclude<keyof Store, 'connection'>, Handling>> = {
  assignments: { kind: 'theirs', filters: ({ customerIds }) => [{ _id: { $in: customerIds } }] },
  inboxViews: none('filters of the inbox, which name no customer'),
  journeyRuns: byCustomer,
  journeyTasks: byCustomer,
  idempotencyKeys: {
    kind: 'theirs',
    // An answer that is kept to be given again names the customer it is about. Ids hold no sign with a meaning of its own.
    filters: ({ customerIds }) => customerIds.map((id) => ({ answer: { $regex: `"${id}"` } })),
  },
  offerCodes: byCustomer,
  decisions: byCustomer,
  events: byCustomer,
  privacyExports: {
    kind: 'theirs',
    filters: ({ customerHash }) => [{ customerHash }],
  },
  identities: byCustomer,
  merges: {
    kind: 'theirs',
    filters: ({ customerIds }) => [
      { absorbedId: { $in: customerIds } },
      { survivorId: { $in: customerIds } },
    ],
  },
  identityConflicts: {
    kind: 'theirs',
    filters: ({ customerIds }) => [{ customerId: { $in: customerIds } }, { otherId: { $in: customerIds } }],
  },
  customers: { kind: 'theirs', filters: ({ customerIds }) => [{ _id: { $in: customerIds } }] },
  audit: {
    kind: 'mentions',
    filters: ({ customerIds }) => [
      { 'target.id': { $in: customerIds } },
      { 'after.customerId': { $in: customerIds } },
      { 'after.customerIds': { $in: customerIds } },
    ],
    without: ({ customerHash }) => ({
      target: { kind: 'customer', id: customerHash, name: 'an erased customer' },
      before: null,
      after: null,
    }),
  },
  privacyRequests: none('the request itself forgets the customer at its end'),
  suppressedAddresses: none('hashes of addresses that bounced'),
  erasures: none('hashes, so that a suppression outlives the erasure'),
  agents: none('people who work here'),
  sessions: none('people who work here'),
  attempts: none('people who work here'),
  invitations: none('people who work here'),
  apiKeys: none('programs'),
  catalogues: none('actions and rules'),
  drafts: none('actions and rules'),
  imports: none('how far an import has come, in numbers'),
  usage: none('numbers over all customers'),
  segmentCounts: none('numbers over all customers'),
  journeys: none('definitions; a scan under way names the last customer it looked at'),
  journeyVersions: none('definitions'),
  notes: none('facts about the installation'),
};

/** Collections that are opened beside the store, by their names in the database. */
export const BESIDE_THE_STORE: Readonly<Record<string, Handling>> = {
  lessons: { kind: 'theirs', filters: lessonsOf },
  learning: none('weights over all customers'),
  modelVersions: none('trained models'),
  modelChampions: none('which model is in force'),
};

export type PersonalCollection = { readonly name: string; readonly handling: Handling };

/** All of them by their names in the database, in the order of an erasure. Lessons are found by decisions, so they go first. */
export function personalCollections(store: Store): readonly PersonalCollection[] {
  const beside = Object.entries(BESIDE_THE_STORE).map(([name, handling]) => ({ name, handling }));
  const names = Object.keys(PERSONAL_DATA) as (keyof typeof PERSONAL_DATA)[];
  return [
    ...beside,
    ...names.map((key) => ({ name: store[key].collection.name, handling: PERSONAL_DATA[key] })),
  ];
}
