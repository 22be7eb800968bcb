import { z } from 'zod';
import { OUTCOME_EVENT_NAMES } from '../events/outcome-events.js';
import type { SegueEvent } from '../events/segue-event.js';
import { addToLedger, dayLedgerSchema, emptyLedger, sumsSince, totals } from './day-ledger.js';
import type { FeatureFamily } from './feature-family.js';
import { textOf } from './order-facts.js';
import { tallied, tallySchema } from './response-tally.js';
import { dayOf, daysSince, laterOf } from './time-units.js';

const KEPT_DAYS = 180;
const KEPT_SHOWN = 32;
const KEPT_GROUPS = 24;
const KEPT_ACTIONS = 32;

const schema = z.object({
  /** Columns: shown, positive (accepted, clicked or converted), rejected, postponed. */
  ledger: dayLedgerSchema,
  /** When the latest actions were shown, oldest first. */
  shown: z.array(z.number()),
  lastPositive: z.number().nullable(),
  lastRejected: z.number().nullable(),
  groups: z.array(tallySchema),
  actions: z.array(tallySchema),
});
export type ResponsesState = z.infer<typeof schema>;

export type ResponsesView = {
  readonly windows: ReadonlyMap<number, readonly number[]>;
  readonly totals: readonly number[];
  /** Actions shown after the last positive answer. */
  readonly unanswered: number;
  readonly pressure: number;
  readonly daysSincePositive: number;
  readonly daysSinceRejected: number;
};

const AMOUNTS: Readonly<Record<string, readonly [number, number, number, number]>> = {
  [OUTCOME_EVENT_NAMES.shown]: [1, 0, 0, 0],
  [OUTCOME_EVENT_NAMES.clicked]: [0, 1, 0, 0],
  [OUTCOME_EVENT_NAMES.accepted]: [0, 1, 0, 0],
  [OUTCOME_EVENT_NAMES.converted]: [0, 1, 0, 0],
  [OUTCOME_EVENT_NAMES.rejected]: [0, 0, 1, 0],
  [OUTCOME_EVENT_NAMES.postponed]: [0, 0, 0, 1],
};

function update(state: ResponsesState, event: SegueEvent): ResponsesState {
  const amounts = event.type === 'track' ? AMOUNTS[event.name] : undefined;
  if (amounts === undefined) {
    return state;
  }
  const time = event.timestamp.getTime();
  const [shown, positive, rejected] = amounts;
  const group = textOf(event.properties['group_id']);
  const action = textOf(event.properties['action_id']);
  return {
    ledger: addToLedger(state.ledger, dayOf(time), { amounts, keep: KEPT_DAYS }),
    shown: shown === 1 ? [...state.shown, time].sort((a, b) => a - b).slice(-KEPT_SHOWN) : state.shown,
    lastPositive: positive === 1 ? laterOf(state.lastPositive, time) : state.lastPositive,
    lastRejected: rejected === 1 ? laterOf(state.lastRejected, time) : state.lastRejected,
    groups: tallied(state.groups, { id: group, time, amounts }, KEPT_GROUPS),
    actions: tallied(state.actions, { id: action, time, amounts }, KEPT_ACTIONS),
  };
}

function view(state: ResponsesState, now: number): ResponsesView {
  const { lastPositive } = state;
  return {
    windows: new Map([7, 30, 90].map((days) => [days, sumsSince(state.ledger, dayOf(now) - days)])),
    totals: totals(state.ledger),
    unanswered: state.shown.filter((time) => lastPositive === null || time > lastPositive).length,
    pressure: state.shown.reduce((sum, time) => sum + 2 ** (-daysSince(time, now) / 7), 0),
    daysSincePositive: daysSince(lastPositive, now),
    daysSinceRejected: daysSince(state.lastRejected, now),
  };
}

function rate(sums: readonly number[] | undefined, column: number): number {
  const shown = sums?.[0] ?? 0;
  return shown === 0 ? Number.NaN : Math.min(1, (sums?.[column] ?? 0) / shown);
}

/** What came of the actions shown to the customer. With more than 24 groups or 32 actions the oldest are forgotten. */
export const responses: FeatureFamily<ResponsesState, ResponsesView> = {
  name: 'responses',
  version: 1,
  schema,
  empty: {
    ledger: emptyLedger(4),
    shown: [],
    lastPositive: null,
    lastRejected: null,
    groups: [],
    actions: [],
  },
  update,
  view,
  features: [
    ...[7, 30, 90].map((days) => ({
      name: `actions_shown_${days}d`,
      unit: 'count' as const,
      description: `Actions shown in the last ${days} days`,
      value: (v: ResponsesView) => v.windows.get(days)?.[0] ?? 0,
    })),
    {
      name: 'actions_positive_90d',
      unit: 'count',
      description: 'Positive answers to actions in the last 90 days',
      value: (v) => v.windows.get(90)?.[1] ?? 0,
    },
    {
      name: 'actions_rejected_90d',
      unit: 'count',
      description: 'Actions rejected in the last 90 days',
      value: (v) => v.windows.get(90)?.[2] ?? 0,
    },
    {
      name: 'actions_postponed_90d',
      unit: 'count',
      description: 'Actions postponed in the last 90 days',
      value: (v) => v.windows.get(90)?.[3] ?? 0,
    },
    {
      name: 'actions_shown_total',
      unit: 'count',
      description: 'Actions shown so far',
      value: (v) => v.totals[0] ?? 0,
    },
    {
      name: 'actions_positive_total',
      unit: 'count',
      description: 'Positive answers to actions so far',
      value: (v) => v.totals[1] ?? 0,
    },
    {
      name: 'action_positive_rate',
      unit: 'share',
      description: 'Part of the actions shown that got a positive answer',
      value: (v) => rate(v.totals, 1),
    },
    {
      name: 'action_reject_rate',
      unit: 'share',
      description: 'Part of the actions shown that were rejected',
      value: (v) => rate(v.totals, 2),
    },
    {
      name: 'actions_unanswered',
      unit: 'count',
      description: 'Actions shown since the last positive answer (at most 32)',
      value: (v) => v.unanswered,
    },
    {
      name: 'actions_pressure',
      unit: 'score',
      description: 'Actions shown of late, each fading by half in a week',
      value: (v) => v.pressure,
    },
    {
      name: 'days_since_positive',
      unit: 'days',
      description: 'Days since the last positive answer to an action',
      value: (v) => v.daysSincePositive,
    },
    {
      name: 'days_since_rejected',
      unit: 'days',
      description: 'Days since an action was rejected',
      value: (v) => v.daysSinceRejected,
    },
  ],
};
