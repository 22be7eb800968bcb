import { OUTCOME_EVENT_NAMES } from '@segue/models';
import type { EventDocument } from '../events/event-document.js';
import type { Store } from '../store/store.js';
import type { Cohort, CohortFilter } from './cohort.js';
import { readService, type ServiceAsked, type ServiceFacts } from './read-service.js';
import { WindowTooLarge } from './window-too-large.js';

/** From its first moment, up to but without its last. */
export type Window = { readonly from: Date; readonly to: Date };

export type OrderRow = { readonly customerId: string; readonly at: number; readonly amount: number };

/** How far customers came in a window: the names of events, in order. */
export const STAGES = ['Product Viewed', 'Product Added', 'Checkout Started', 'Order Completed'] as const;

/** What happened in a window, as far as measures need it. */
export type WindowFacts = {
  readonly orders: readonly OrderRow[];
  /** Customers at each stage, in the order of {@link STAGES}. */
  readonly stages: readonly number[];
  /** Scores by survey, `csat` 1 to 5 and `nps` 0 to 10. */
  readonly surveys: ReadonlyMap<string, readonly number[]>;
  readonly service: ServiceFacts;
  /** Outcomes by action, channel and group. */
  readonly outcomes: readonly OutcomeCount[];
};

export type OutcomeCount = {
  readonly outcome: 'shown' | 'accepted' | 'rejected';
  readonly actionId: string;
  readonly channel: string;
  readonly groupId: string;
  readonly count: number;
};

/** A question that would take longer is refused by the database: the window is to be shortened. */
const MOST_MS = 20_000;
/** Rows that are held in memory at once. */
const MOST_ROWS = 300_000;

/** Everything of a window, each kind of event by one walk over its index. @throws WindowTooLarge */
export async function readWindow(
  store: Store,
  { filter = {}, ...asked }: ServiceAsked & { readonly filter?: Pick<CohortFilter, 'action' | 'channel'> },
): Promise<WindowFacts> {
  const { window, cohort } = asked;
  const [orders, stages, surveys, service, outcomes] = await Promise.all([
    readOrders(store, window, cohort),
    readStages(store, window, cohort),
    readSurveys(store, window, cohort),
    readService(store, asked),
    readOutcomes(store, window, cohort),
  ]);
  return {
    orders,
    stages,
    surveys,
    service,
    outcomes: outcomes.filter(
      ({ actionId, channel }) =>
        (filter.action ?? actionId) === actionId && (filter.channel ?? channel) === channel,
    ),
  };
}

const during = ({ from, to }: Window, names: readonly string[]) => ({
  name: { $in: [...names] },
  timestamp: { $gte: from, $lt: to },
});

/** Orders with what was paid for them, in no order. @throws WindowTooLarge */
export async function readOrders(store: Store, window: Window, cohort: Cohort = null): Promise<OrderRow[]> {
  const rows = await store.events
    .find(during(window, ['Order Completed']), {
      customerId: 1,
      timestamp: 1,
      'properties.revenue': 1,
      'properties.total': 1,
    })
    .limit(MOST_ROWS + 1)
    .maxTimeMS(MOST_MS)
    .lean<Pick<EventDocument, 'customerId' | 'timestamp' | 'properties'>[]>();
  if (rows.length > MOST_ROWS) {
    throw new WindowTooLarge(`The window holds more than ${MOST_ROWS.toLocaleString('en')} orders`);
  }
  return rows
    .filter(({ customerId }) => isIn(cohort, customerId))
    .map(({ customerId, timestamp, properties }) => ({
      customerId,
      at: timestamp.getTime(),
      amount: numberIn(properties['revenue']) ?? numberIn(properties['total']) ?? 0,
    }));
}

function isIn(cohort: Cohort, customerId: string): boolean {
  return cohort === null || cohort.has(customerId);
}

function numberIn(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

async function readStages(store: Store, window: Window, cohort: Cohort): Promise<number[]> {
  const each = [
    { $match: during(window, STAGES) },
    { $group: { _id: { name: '$name', customer: '$customerId' } } },
  ];
  const count = { $group: { _id: '$_id.name', customers: { $sum: 1 } } };
  if (cohort === null) {
    const counts = await store.events
      .aggregate<{ _id: string; customers: number }>([...each, count])
      .option({ maxTimeMS: MOST_MS });
    return STAGES.map((name) => counts.find(({ _id }) => _id === name)?.customers ?? 0);
  }
  const rows = await store.events
    .aggregate<{ _id: { name: string; customer: string } }>(each)
    .option({ maxTimeMS: MOST_MS });
  return STAGES.map(
    (stage) => rows.filter(({ _id }) => _id.name === stage && cohort.has(_id.customer)).length,
  );
}

async function readSurveys(store: Store, window: Window, cohort: Cohort): Promise<Map<string, number[]>> {
  const counts = await store.events
    .aggregate<{ _id: { survey?: unknown; score?: unknown; customer?: string }; count: number }>([
      { $match: during(window, ['Survey Answered']) },
      {
        $group: {
          _id: { survey: '$properties.survey', score: '$properties.score', ...byCustomer(cohort) },
          count: { $sum: 1 },
        },
      },
    ])
    .option({ maxTimeMS: MOST_MS });
  const surveys = new Map<string, number[]>();
  for (const { _id, count } of counts) {
    const score = numberIn(_id.score);
    if (typeof _id.survey !== 'string' || score === null || !isIn(cohort, _id.customer ?? '')) continue;
    const name = _id.survey.toLowerCase();
    const known = surveys.get(name) ?? [];
    for (let each = 0; each < count; each += 1) known.push(score);
    surveys.set(name, known);
  }
  return surveys;
}

/** Groups are by customer as well where not all of them count. */
function byCustomer(cohort: Cohort): { readonly customer?: string } {
  return cohort === null ? {} : { customer: '$customerId' };
}

const COUNTED = ['shown', 'accepted', 'rejected'] as const;

async function readOutcomes(store: Store, window: Window, cohort: Cohort): Promise<OutcomeCount[]> {
  const byName = new Map(COUNTED.map((outcome) => [OUTCOME_EVENT_NAMES[outcome] as string, outcome]));
  const counts = await store.events
    .aggregate<{ _id: Readonly<Record<string, unknown>>; count: number }>([
      { $match: during(window, [...byName.keys()]) },
      {
        $group: {
          _id: {
            name: '$name',
            action: '$properties.action_id',
            channel: '$properties.channel',
            group: '$properties.group_id',
            ...byCustomer(cohort),
          },
          count: { $sum: 1 },
        },
      },
    ])
    .option({ maxTimeMS: MOST_MS });
  return counts.flatMap(({ _id, count }) => {
    const outcome = byName.get(String(_id['name']));
    if (outcome === undefined || typeof _id['action'] !== 'string') return [];
    if (!isIn(cohort, String(_id['customer'] ?? ''))) return [];
    const text = (value: unknown): string => (typeof value === 'string' ? value : '');
    return [
      { outcome, actionId: _id['action'], channel: text(_id['channel']), groupId: text(_id['group']), count },
    ];
  });
}
