import type { Policies } from '../policy/policies.js';
import type { Store } from '../store/store.js';
import { both, type Cohort, type CohortFilter, readCohort, readHoldOut } from './cohort.js';
import { stepsOf } from './days.js';
import { differenceOfMeans, type Estimate } from './estimate.js';
import { readService } from './read-service.js';
import { readValues, type Values } from './read-values.js';
import { type OrderRow, readOrders, readWindow, type Window, type WindowFacts } from './read-window.js';
import { conversationsPerHundred } from './service-measures.js';
import {
  acceptanceBy,
  type Breakdown,
  type Measure,
  moved,
  overTime,
  stagesOf,
  workOut,
} from './work-out.js';

export type ReportAsked = {
  readonly window: Window;
  /** Another window, the customers held out in the same one, or nothing. */
  readonly against: Window | 'holdOut' | null;
  readonly filter?: CohortFilter;
  readonly policies: Pick<Policies, 'company' | 'globalHoldOut'>;
  /** The actions that answer a need by themselves. */
  readonly serviceActions: ReadonlySet<string>;
  /** In which its days begin. */
  readonly timeZone: string;
  readonly now: Date;
};

export type MeasureReport = {
  /** What the figures are held against; null where nothing was asked for, or nobody is held out. */
  readonly baseline: 'window' | 'holdOut' | null;
  /** Customers the filter left; null without one. */
  readonly customers: number | null;
  readonly measures: readonly {
    readonly measure: Measure;
    readonly compared: Measure | null;
    readonly change: Estimate | null;
  }[];
  /** Conversations in a hundred customers held out less those in a hundred others; null where nobody is held out. */
  readonly contactsAvoided: Estimate | null;
  readonly stages: ReturnType<typeof stagesOf>;
  readonly overTime: ReturnType<typeof overTime>;
  readonly acceptance: {
    readonly byAction: readonly Breakdown[];
    readonly byChannel: readonly Breakdown[];
    readonly byGroup: readonly Breakdown[];
  };
  readonly valueBySegment: Values['bySegment'];
  readonly currency: string | null;
};

/** Every measure of a window, held against something where that is asked for. @throws WindowTooLarge */
export async function buildReport(store: Store, asked: ReportAsked): Promise<MeasureReport> {
  const { window, against, filter = {}, policies, timeZone, now } = asked;
  const filtered = await readCohort(store, filter, window);
  const groups = await readHoldOut(store, policies, window.to);
  const side = against === 'holdOut' && groups !== null ? groups : null;
  const cohort = both(filtered, side?.treated ?? null);
  const other =
    side !== null
      ? { window, cohort: both(filtered, side.heldOut) }
      : against !== null && against !== 'holdOut'
        ? { window: against, cohort: await readCohort(store, filter, against) }
        : null;
  // Side by side: the database works on one while what came of another is read.
  const [values, current, before] = await Promise.all([
    readValues(store, cohort, now),
    readFacts(store, { asked, window, cohort }),
    other === null ? null : readFacts(store, { asked, ...other }),
  ]);
  const { company } = policies;
  const { window: facts } = current;
  const measures = workOut({ ...current, values, company });
  const then = before === null ? null : workOut({ ...before, values: null, company });
  return {
    baseline: other === null ? null : side === null ? 'window' : 'holdOut',
    customers: cohort?.size ?? null,
    measures: measures.map((measure) => {
      const compared = then?.find(({ key }) => key === measure.key) ?? null;
      return { measure, compared, change: compared === null ? null : moved(measure, compared) };
    }),
    contactsAvoided:
      groups === null
        ? null
        : await contactsAvoided(store, {
            asked,
            treated: both(filtered, groups.treated) ?? groups.treated,
            heldOut: both(filtered, groups.heldOut) ?? groups.heldOut,
            facts: cohort === null ? facts : null,
          }),
    stages: stagesOf(facts),
    overTime: overTime(facts.orders, stepsOf(window, timeZone)),
    acceptance: {
      byAction: acceptanceBy(facts.outcomes, 'actionId'),
      byChannel: acceptanceBy(facts.outcomes, 'channel'),
      byGroup: acceptanceBy(facts.outcomes, 'groupId'),
    },
    valueBySegment: values.bySegment,
    currency: values.currency,
  };
}

type Of = {
  readonly asked: ReportAsked;
  readonly window: Window;
  readonly cohort: Cohort;
};

/** What happened in a window, and the orders of the time before it. */
async function readFacts(
  store: Store,
  { asked, window, cohort }: Of,
): Promise<{ readonly window: WindowFacts; readonly before: readonly OrderRow[] }> {
  const { from, to } = window;
  const earlier = { from: new Date(2 * from.getTime() - to.getTime()), to: from };
  const [facts, before] = await Promise.all([
    readWindow(store, { ...asked, window, cohort }),
    readOrders(store, earlier, cohort),
  ]);
  return { window: facts, before };
}

async function contactsAvoided(
  store: Store,
  {
    asked,
    treated,
    heldOut,
    facts,
  }: {
    readonly asked: ReportAsked;
    readonly treated: ReadonlySet<string>;
    readonly heldOut: ReadonlySet<string>;
    /** Of everybody, where they were read already. */
    readonly facts: WindowFacts | null;
  },
): Promise<Estimate> {
  const service =
    facts?.service ?? (await readService(store, { ...asked, cohort: new Set([...treated, ...heldOut]) }));
  const perHundred = (group: ReadonlySet<string>) => conversationsPerHundred(service.conversations, group);
  return differenceOfMeans(perHundred(heldOut), perHundred(treated));
}
