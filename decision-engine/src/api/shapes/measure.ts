import { z } from 'zod';
import { timeZoneSchema } from '../../policy/company.js';

const MEASURES = [
  'conversion',
  'retention',
  'orderValue',
  'revenuePerCustomer',
  'spentLastYear',
  'expectedNextYear',
  'acceptance',
  'satisfaction',
  'promoters',
  'solved',
  'hoursToSolve',
  'conversationsPerOrder',
  'costToServe',
  'answeredWithoutContact',
] as const;

const LONGEST_MS = 400 * 86_400_000;
/** A moment, or a day such as `2026-11-22`: from its start in the time zone asked for. */
const moment = z.union([
  // What is neither ends it there: the rules below compare times.
  z.iso.datetime({ abort: true }).transform((text) => new Date(text)),
  z.iso.date({ abort: true }),
]);
export type Moment = z.output<typeof moment>;

const timeOf = (given: Moment): number => new Date(given).getTime();
const isWindow = ({ from, to }: { readonly from: Moment; readonly to: Moment }) =>
  timeOf(from) < timeOf(to) && timeOf(to) - timeOf(from) <= LONGEST_MS;
const WINDOW_RULE = { path: ['to'], message: 'after "from", and at most 400 days later' };

const id = z.string().min(1).max(120);
const asked = {
  from: moment,
  /** Excluded. */
  to: moment,
  /** In which days begin; absent = the company's, of the policies. */
  timeZone: timeZoneSchema.optional(),
  /** Whose events count: who is in this segment now. */
  segment: id.optional(),
  /** Who entered this journey in the window. */
  journey: id.optional(),
  /** Who was shown this action in the window; only what came of it counts as an outcome. */
  action: id.optional(),
  /** Who was shown anything over this channel in the window; only what came of that counts as an outcome. */
  channel: id.optional(),
};

export const measuresQuery = z
  .strictObject({
    ...asked,
    /** With `compareTo`: another window to hold it against. */
    compareFrom: moment.optional(),
    compareTo: moment.optional(),
    /** Holds customers who get decisions against those held out, in the same window. */
    against: z.enum(['holdOut']).optional(),
  })
  .refine(isWindow, WINDOW_RULE)
  .refine(
    ({ compareFrom: from, compareTo: to }) =>
      from === undefined || to === undefined ? from === to : isWindow({ from, to }),
    { path: ['compareTo'], message: 'given with "compareFrom", after it, and at most 400 days later' },
  )
  .refine(({ against, compareFrom }) => against === undefined || compareFrom === undefined, {
    path: ['against'],
    message: 'given without "compareFrom": figures are held against one thing',
  })
  .refine(({ against, action, channel }) => against === undefined || (action ?? channel) === undefined, {
    path: ['against'],
    message: 'given without "action" and "channel": who is held out is shown nothing',
  });
export type MeasuresQuery = z.output<typeof measuresQuery>;

const estimate = z.object({
  value: z.number().nullable(),
  /** 95 %. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.number().int(),
});

const measure = estimate.extend({
  key: z.enum(MEASURES),
  unit: z.enum(['share', 'money', 'hours', 'points', 'number']),
  /** What `n` counts. */
  of: z.string(),
});
const named = z.array(z.object({ id: z.string(), name: z.string() }));
const breakdown = z.array(estimate.extend({ name: z.string(), accepted: z.number().int() })).readonly();

export const measureReport = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** In which days begin. */
  timeZone: z.string(),
  currency: z.string().nullable(),
  /** What figures are held against; null where nothing was asked for, or nobody is held out. */
  baseline: z.enum(['window', 'holdOut']).nullable(),
  /** Customers the filter left; null without one. */
  customers: z.number().int().nullable(),
  measures: z
    .array(z.object({ measure, compared: measure.nullable(), change: estimate.nullable() }))
    .readonly(),
  /** Conversations in a hundred customers held out less those in a hundred others; null where nobody is held out. */
  contactsAvoided: estimate.nullable(),
  stages: z.array(z.object({ name: z.string(), customers: z.number().int(), share: estimate })).readonly(),
  /** Days up to five weeks, weeks beyond. */
  overTime: z
    .array(
      z.object({
        from: z.iso.datetime(),
        /** The day that is in the report's time zone. */
        day: z.iso.date(),
        orders: z.number().int(),
        revenue: z.number(),
        orderValue: estimate,
      }),
    )
    .readonly(),
  /** How often what was shown was accepted. */
  acceptance: z.object({ byAction: breakdown, byChannel: breakdown, byGroup: breakdown }),
  /** What customers spent in the last 365 days beside what the value model expects of the next, as of now. */
  valueBySegment: z
    .array(z.object({ segmentId: z.string(), lastYear: estimate, nextYear: estimate }))
    .readonly(),
  /** What can be filtered by. */
  choices: z.object({
    companyTimeZone: z.string(),
    segments: named,
    journeys: named,
    actions: named,
    channels: z.array(z.string()),
  }),
});
export type MeasureReportView = z.infer<typeof measureReport>;

export const measureRowsQuery = z
  .strictObject({
    ...asked,
    measure: z.enum(MEASURES),
    /** The `nextCursor` of the page before. */
    cursor: z.string().max(500).optional(),
    limit: z.number().int().min(1).max(200).default(50),
  })
  .refine(isWindow, WINDOW_RULE);
export type MeasureRowsQuery = z.output<typeof measureRowsQuery>;

export const measureRows = z.object({
  items: z.array(
    z.object({
      eventId: z.string(),
      customerId: z.string(),
      at: z.iso.datetime(),
      event: z.string(),
      detail: z.string(),
    }),
  ),
  nextCursor: z.string().nullable(),
});
export type MeasureRowsView = z.infer<typeof measureRows>;

const variant = z.object({
  variantId: z.string(),
  planned: z.number(),
  customers: z.number().int(),
  /** Customers with an order after their first exposure. */
  conversion: estimate,
  /** What customers paid after their first exposure. */
  revenue: estimate,
  /** Less the first variant; null for that one. */
  against: z.object({ conversion: estimate, revenue: estimate }).nullable(),
});

export const experimentList = z.object({
  currency: z.string().nullable(),
  items: z.array(
    z.object({
      experimentId: z.string(),
      kind: z.enum(['experiment', 'hold-out']),
      layer: z.string(),
      startsAt: z.iso.datetime().nullable(),
      endsAt: z.iso.datetime().nullable(),
      running: z.boolean(),
      since: z.iso.datetime(),
      variants: z.array(variant).readonly(),
      /** Chance of so uneven a split, were it as planned; below 0.001 differences mean nothing. */
      mismatch: z.number().nullable(),
      /** Customers seen under more than one variant, left out. */
      mixed: z.number().int(),
    }),
  ),
});
export type ExperimentsView = z.infer<typeof experimentList>;
