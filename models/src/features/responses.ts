import { z } from 'zod';
import { OUTCOME_EVENT_NAMES } from '../events/outcome-events.js';
import type { SegueEvent } from '../events/segue-event.js';
import { addToLedger, dayLedgerSchema, emptyLedger, sumsSince, totals } from './day-ledger.js';
import type { FeatureFamily } from './feature-family.js';
import { textOf } from './order-facts.js';
import { acceptScore, tallied, tallySchema } from './response-tally.js';
import { dayOf, daysSince, laterOf } from './time-units.js';

const KEPT_DAYS = 180;
const KEPT_SHOWN = 32;
const KEPT_GROUPS = 24;
const KEPT_ACTIONS = 32;

const schema = z.object({
  /** Columns: shown, accepted, clicked, converted, rejected, postponed. */
  ledger: dayLedgerSchema,
  /** When the latest actions were shown, oldest first. */
  shown: z.array(z.number()),
  lastAccepted: z.number().nullable(),
  lastRejected: z.number().nullable(),
  groups: z.array(tallySchema),
  actions: z.array(tallySchema),
});
export type ResponsesState = z.infer<typeof schema>;

export type ResponsesView = {
  readonly windows: ReadonlyMap<number, readonly number[]>;
  readonly totals: readonly number[];
  /** Actions shown after the last one that was accepted. */
  readonly unanswered: number;
  readonly pressure: number;
  readonly daysSinceAccepted: number;
  readonly daysSinceRejected: number;
};

const SHOWN = 0;
const ACCEPTED = 1;
const CLICKED = 2;
const CONVERTED = 3;
const REJECTED = 4;
const POSTPONED = 5;

const COLUMN: Readonly<Record<string, number>> = {
  [OUTCOME_EVENT_NAMES.shown]: SHOWN,
  [OUTCOME_EVENT_NAMES.accepted]: ACCEPTED,
  [OUTCOME_EVENT_NAMES.clicked]: CLICKED,
  [OUTCOME_EVENT_NAMES.converted]: CONVERTED,
  [OUTCOME_EVENT_NAMES.rejected]: REJECTED,
  [OUTCOME_EVENT_NAMES.postponed]: POSTPONED,
};

function update(state: ResponsesState, event: SegueEvent): ResponsesState {
  const column = event.type === 'track' ? COLUMN[event.name] : undefined;
  if (column === undefined) {
    return state;
  }
  const time = event.timestamp.getTime();
  const is = (other: number) => Number(column === other);
  const amounts = [SHOWN, ACCEPTED, CLICKED, CONVERTED, REJECTED, POSTPONED].map(is);
  const outcome = {
    time,
    shown: is(SHOWN),
    accepted: is(ACCEPTED),
    rejected: is(REJECTED),
    postponed: is(POSTPONED),
  };
  const group = textOf(event.properties['group_id']);
  const action = textOf(event.properties['action_id']);
  return {
    ledger: addToLedger(state.ledger, dayOf(time), { amounts, keep: KEPT_DAYS }),
    shown: column === SHOWN ? [...state.shown, time].sort((a, b) => a - b).slice(-KEPT_SHOWN) : state.shown,
    lastAccepted: column === ACCEPTED ? laterOf(state.lastAccepted, time) : state.lastAccepted,
    lastRejected: column === REJECTED ? laterOf(state.lastRejected, time) : state.lastRejected,
    groups: tallied(state.groups, { id: group, ...outcome }, KEPT_GROUPS),
    actions: tallied(state.actions, { id: action, ...outcome }, KEPT_ACTIONS),
  };
}

function view(state: ResponsesState, now: number): ResponsesView {
  const { lastAccepted } = state;
  return {
    windows: new Map([7, 30, 90].map((days) => [days, sumsSince(state.ledger, dayOf(now) - days)])),
    totals: totals(state.ledger),
    unanswered: state.shown.filter((time) => lastAccepted === null || time > lastAccepted).length,
    pressure: state.shown.reduce((sum, time) => sum + 2 ** (-daysSince(time, now) / 7), 0),
    daysSinceAccepted: daysSince(lastAccepted, now),
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
    ledger: emptyLedger(6),
    shown: [],
    lastAccepted: null,
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
      name: 'actions_accepted_90d',
      unit: 'count',
      description: 'Actions accepted in the last 90 days',
      value: (v) => v.windows.get(90)?.[ACCEPTED] ?? 0,
    },
    {
      name: 'actions_clicked_90d',
      unit: 'count',
      description: 'Actions clicked in the last 90 days',
      value: (v) => v.windows.get(90)?.[CLICKED] ?? 0,
    },
    {
      name: 'actions_rejected_90d',
      unit: 'count',
      description: 'Actions rejected in the last 90 days',
      value: (v) => v.windows.get(90)?.[REJECTED] ?? 0,
    },
    {
      name: 'actions_postponed_90d',
      unit: 'count',
      description: 'Actions postponed in the last 90 days',
      value: (v) => v.windows.get(90)?.[POSTPONED] ?? 0,
    },
    {
      name: 'actions_shown_total',
      unit: 'count',
      description: 'Actions shown so far',
      value: (v) => v.totals[SHOWN] ?? 0,
    },
    {
      name: 'actions_accepted_total',
      unit: 'count',
      description: 'Actions accepted so far',
      value: (v) => v.totals[ACCEPTED] ?? 0,
    },
    {
      name: 'actions_converted_total',
      unit: 'count',
      description: 'Accepted actions that led to an order so far',
      value: (v) => v.totals[CONVERTED] ?? 0,
    },
    {
      name: 'action_accept_rate',
      unit: 'share',
      description: 'Part of the actions shown that were accepted',
      value: (v) => rate(v.totals, ACCEPTED),
    },
    {
      name: 'action_accept_score',
      unit: 'score',
      description: 'Log odds of accepting, pulled to one in ten while little was shown',
      value: (v) => acceptScore(v.totals[ACCEPTED] ?? 0, v.totals[SHOWN] ?? 0),
    },
    {
      name: 'action_click_rate',
      unit: 'share',
      description: 'Part of the actions shown that were clicked',
      value: (v) => rate(v.totals, CLICKED),
    },
    {
      name: 'action_reject_rate',
      unit: 'share',
      description: 'Part of the actions shown that were rejected',
      value: (v) => rate(v.totals, REJECTED),
    },
    {
      name: 'actions_unanswered',
      unit: 'count',
      description: 'Actions shown since one was last accepted (at most 32)',
      value: (v) => v.unanswered,
    },
    {
      name: 'actions_pressure',
      unit: 'score',
      description: 'Actions shown of late, each fading by half in a week',
      value: (v) => v.pressure,
    },
    {
      name: 'days_since_accepted',
      unit: 'days',
      description: 'Days since an action was accepted',
      value: (v) => v.daysSinceAccepted,
    },
    {
      name: 'days_since_rejected',
      unit: 'days',
      description: 'Days since an action was rejected',
      value: (v) => v.daysSinceRejected,
    },
  ],
};
