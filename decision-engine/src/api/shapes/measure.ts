import { z } from 'zod';

const MEASURES = [
  'conversion',
  'retention',
  'orderValue',
  'revenuePerCustomer',
  'acceptance',
  'satisfaction',
  'promoters',
  'solved',
  'hoursToSolve',
  'conversationsPerOrder',
] as const;

const LONGEST_MS = 400 * 86_400_000;
const instant = z.iso.datetime().transform((text) => new Date(text));
const isWindow = ({ from, to }: { readonly from: Date; readonly to: Date }) =>
  from < to && to.getTime() - from.getTime() <= LONGEST_MS;
const WINDOW_RULE = { path: ['to'], message: 'after "from", and at most 400 days later' };

export const measuresQuery = z
  .strictObject({
    from: instant,
    /** Excluded. */
    to: instant,
    /** With `compareTo`: another window to hold it against. */
    compareFrom: instant.optional(),
    compareTo: instant.optional(),
  })
  .refine(isWindow, WINDOW_RULE)
  .refine(
    ({ compareFrom: from, compareTo: to }) =>
      from === undefined || to === undefined ? from === to : isWindow({ from, to }),
    { path: ['compareTo'], message: 'given with "compareFrom", after it, and at most 400 days later' },
  );
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
const breakdown = z.array(estimate.extend({ name: z.string(), accepted: z.number().int() })).readonly();

export const measureReport = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  currency: z.string().nullable(),
  measures: z
    .array(z.object({ measure, compared: measure.nullable(), change: estimate.nullable() }))
    .readonly(),
  stages: z.array(z.object({ name: z.string(), customers: z.number().int(), share: estimate })).readonly(),
  /** Days up to five weeks, weeks beyond. */
  overTime: z
    .array(
      z.object({
        from: z.iso.datetime(),
        orders: z.number().int(),
        revenue: z.number(),
        orderValue: estimate,
      }),
    )
    .readonly(),
  /** How often what was shown was accepted. */
  acceptance: z.object({ byAction: breakdown, byChannel: breakdown, byGroup: breakdown }),
});
export type MeasureReportView = z.infer<typeof measureReport>;

export const measureRowsQuery = z
  .strictObject({
    measure: z.enum(MEASURES),
    from: instant,
    to: instant,
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
