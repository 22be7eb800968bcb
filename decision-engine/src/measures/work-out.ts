import type { Company } from '../policy/company.js';
import type { Step } from './days.js';
import {
  difference,
  type Estimate,
  mean,
  median,
  momentsOf,
  NOTHING,
  netPromoters,
  share,
} from './estimate.js';
import type { Values } from './read-values.js';
import { type OrderRow, type OutcomeCount, STAGES, type WindowFacts } from './read-window.js';
import { answeredWithoutContact, costToServe } from './service-measures.js';

/** What a figure is counted in. */
export type Unit = 'share' | 'money' | 'hours' | 'points' | 'number';

export type MeasureKey =
  | 'conversion'
  | 'retention'
  | 'orderValue'
  | 'revenuePerCustomer'
  | 'spentLastYear'
  | 'expectedNextYear'
  | 'acceptance'
  | 'satisfaction'
  | 'promoters'
  | 'solved'
  | 'hoursToSolve'
  | 'conversationsPerOrder'
  | 'costToServe'
  | 'answeredWithoutContact';

export type Measure = Estimate & {
  readonly key: MeasureKey;
  readonly unit: Unit;
  /** What `n` counts. */
  readonly of: string;
};

export type Breakdown = Estimate & { readonly name: string; readonly accepted: number };

export type MeasureInput = {
  readonly window: WindowFacts;
  /** Orders of the window of the same length before it: who could come back. */
  readonly before: readonly OrderRow[];
  /** As of now; null for a window something is only compared with. */
  readonly values: Pick<Values, 'soFar' | 'lastYear' | 'nextYear'> | null;
  readonly company: Company;
};

/** Works out every measure of a window. */
export function workOut({ window, before, values, company }: MeasureInput): Measure[] {
  const { orders, stages, surveys, service, outcomes } = window;
  const { conversations, answered } = service;
  const solved = conversations.filter((each) => each.solved);
  const buyers = new Set(orders.map(({ customerId }) => customerId));
  const earlier = new Set(before.map(({ customerId }) => customerId));
  const back = [...earlier].filter((customerId) => buyers.has(customerId)).length;
  const ratings = surveys.get('csat') ?? [];
  const [shown, accepted] = [countOf(outcomes, 'shown'), countOf(outcomes, 'accepted')];
  return [
    { key: 'conversion', unit: 'share', of: 'customers who looked at a product', ...stageShare(stages, 3) },
    {
      key: 'retention',
      unit: 'share',
      of: 'customers who ordered in the time before',
      ...share(back, earlier.size),
    },
    {
      key: 'orderValue',
      unit: 'money',
      of: 'orders',
      ...mean(momentsOf(orders.map(({ amount }) => amount))),
    },
    {
      key: 'revenuePerCustomer',
      unit: 'money',
      of: 'customers who ever ordered',
      ...(values?.soFar ?? NOTHING),
    },
    {
      key: 'spentLastYear',
      unit: 'money',
      of: 'customers with a prediction',
      ...(values?.lastYear ?? NOTHING),
    },
    {
      key: 'expectedNextYear',
      unit: 'money',
      of: 'customers with a prediction',
      ...(values?.nextYear ?? NOTHING),
    },
    { key: 'acceptance', unit: 'share', of: 'actions shown', ...share(Math.min(accepted, shown), shown) },
    {
      key: 'satisfaction',
      unit: 'share',
      of: 'answers to “csat”',
      ...share(ratings.filter((score) => score >= 4).length, ratings.length),
    },
    { key: 'promoters', unit: 'points', of: 'answers to “nps”', ...netPromoters(surveys.get('nps') ?? []) },
    {
      key: 'solved',
      unit: 'share',
      of: 'conversations that ended',
      ...share(solved.length, conversations.length),
    },
    {
      key: 'hoursToSolve',
      unit: 'hours',
      of: 'conversations that ended solved',
      ...median(solved.flatMap(({ hours }) => (hours === null ? [] : [hours]))),
    },
    {
      key: 'conversationsPerOrder',
      unit: 'number',
      of: 'orders',
      ...perHundred(conversations.length, orders.length),
    },
    {
      key: 'costToServe',
      unit: 'money',
      of: 'customers who ordered or wrote',
      ...costToServe(conversations, orders, company),
    },
    {
      key: 'answeredWithoutContact',
      unit: 'share',
      of: 'accepted service actions',
      ...answeredWithoutContact(answered),
    },
  ];
}

/** How much a measure moved against another window; null where one of them is not known. */
export function moved(now: Measure, then: Measure): Estimate | null {
  const change = difference(now, then);
  return change.value === null ? null : change;
}

/** The share of customers at the first stage who came to another one; at most all of them. */
function stageShare(stages: readonly number[], index: number): Estimate {
  const first = stages[0] ?? 0;
  return share(Math.min(stages[index] ?? 0, first), first);
}

export function stagesOf({ stages }: WindowFacts): { name: string; customers: number; share: Estimate }[] {
  return STAGES.map((name, index) => ({
    name,
    customers: stages[index] ?? 0,
    share: stageShare(stages, index),
  }));
}

/** Conversations in a hundred orders; counts of rare things vary as Poisson's. */
function perHundred(count: number, of: number): Estimate {
  if (of === 0) return NOTHING;
  const half = 1.959964 * Math.sqrt(count);
  const scale = 100 / of;
  return {
    value: count * scale,
    low: Math.max(0, count - half) * scale,
    high: (count + half) * scale,
    n: of,
  };
}

function countOf(outcomes: readonly OutcomeCount[], outcome: OutcomeCount['outcome']): number {
  return outcomes.reduce((sum, each) => sum + (each.outcome === outcome ? each.count : 0), 0);
}

/** How often what was shown was accepted, by action, channel or group, what was shown most first. */
export function acceptanceBy(
  outcomes: readonly OutcomeCount[],
  by: 'actionId' | 'channel' | 'groupId',
): Breakdown[] {
  const names = new Map<string, { shown: number; accepted: number }>();
  for (const each of outcomes) {
    const known = names.get(each[by]) ?? { shown: 0, accepted: 0 };
    if (each.outcome === 'shown') known.shown += each.count;
    if (each.outcome === 'accepted') known.accepted += each.count;
    names.set(each[by], known);
  }
  return [...names]
    .filter(([, { shown }]) => shown > 0)
    .sort((a, b) => b[1].shown - a[1].shown || (a[0] < b[0] ? -1 : 1))
    .map(([name, { shown, accepted }]) => ({
      name: name === '' ? '(not told)' : name,
      accepted,
      ...share(Math.min(accepted, shown), shown),
    }));
}

/** Revenue and orders from each step of a window to the next. @param steps in order, the first where the window begins */
export function overTime(
  orders: readonly OrderRow[],
  steps: readonly Step[],
): { from: string; day: string; orders: number; revenue: number; orderValue: Estimate }[] {
  const times = steps.map(({ at }) => at.getTime());
  const amounts: number[][] = steps.map(() => []);
  for (const { at, amount } of orders) amounts[times.findLastIndex((time) => time <= at)]?.push(amount);
  return steps.map(({ at, day }, index) => {
    const its = amounts[index] ?? [];
    return {
      from: at.toISOString(),
      day,
      orders: its.length,
      revenue: its.reduce((sum, amount) => sum + amount, 0),
      orderValue: mean(momentsOf(its)),
    };
  });
}
