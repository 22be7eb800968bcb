import { z } from 'zod';
import { durationSchema } from '../catalogue/duration.js';
import { selectorSchema } from './selector.js';

/** What happens to a candidate that a rule stops for now: kept until the rule lets go, or dropped. */
const otherwiseSchema = z.enum(['hold', 'drop']);

const ruleName = z.string().min(1).max(120);

/**
 * At most `max` contacts in any `window`. Counted are the contacts with this customer that `appliesTo` selects, over all
 * channels together, that share `per` with the candidate (`customer` = all of them).
 */
export const frequencyLimitSchema = z.strictObject({
  name: ruleName,
  appliesTo: selectorSchema.default({}),
  per: z.enum(['customer', 'channel', 'class', 'issue', 'group', 'action', 'treatment']).default('customer'),
  max: z.number().int().min(0),
  window: durationSchema,
  otherwise: otherwiseSchema.default('drop'),
});
export type FrequencyLimit = z.output<typeof frequencyLimitSchema>;

const OUTCOMES = ['shown', 'clicked', 'accepted', 'rejected', 'postponed', 'converted', 'ignored'] as const;

/** "2 rejections of group G in 30 days suppress it 60 days", counted from the outcome that completed the number. */
export const cooldownSchema = z.strictObject({
  name: ruleName,
  appliesTo: selectorSchema.default({}),
  outcomes: z.array(z.enum(OUTCOMES)).min(1),
  times: z.number().int().min(1).default(1),
  within: durationSchema,
  suppressFor: durationSchema,
  /** What the outcomes must share with the candidate. */
  per: z.enum(['customer', 'channel', 'class', 'issue', 'group', 'action', 'treatment']).default('action'),
  otherwise: otherwiseSchema.default('drop'),
});
export type Cooldown = z.output<typeof cooldownSchema>;

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const weekdaySchema = z.enum(WEEKDAYS);
export type Weekday = z.output<typeof weekdaySchema>;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a local time such as "21:00"');

/**
 * Hours in the customer's own time zone in which nobody is disturbed; `from` is quiet, `to` no longer. `21:00` to `08:00`
 * crosses midnight and belongs to the day on which it starts.
 */
export const quietHoursSchema = z
  .strictObject({
    name: ruleName,
    appliesTo: selectorSchema.default({}),
    from: clockTime,
    to: clockTime,
    /** Days on which it starts; absent = every day. */
    days: z.array(weekdaySchema).min(1).optional(),
    otherwise: otherwiseSchema.default('hold'),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'another time than "from"' });
export type QuietHours = z.output<typeof quietHoursSchema>;

/** Days, in the customer's own time zone, on which contact is allowed. */
export const allowedDaysSchema = z.strictObject({
  name: ruleName,
  appliesTo: selectorSchema.default({}),
  days: z.array(weekdaySchema).min(1),
  otherwise: otherwiseSchema.default('hold'),
});
export type AllowedDays = z.output<typeof allowedDaysSchema>;

/**
 * Which consent a channel needs before a promotional contact: `optIn` = granted, `optOut` = not denied, `none` = not
 * asked. Transactional contact needs "service" not denied on every channel but `none`.
 */
export const consentModelSchema = z.enum(['optIn', 'optOut', 'none']);
export type ConsentModel = z.output<typeof consentModelSchema>;

export const contactPolicySchema = z.strictObject({
  limits: z.array(frequencyLimitSchema).max(100).default([]),
  cooldowns: z.array(cooldownSchema).max(100).default([]),
  quietHours: z.array(quietHoursSchema).max(50).default([]),
  allowedDays: z.array(allowedDaysSchema).max(50).default([]),
  /** How long what was decided counts as a contact before it is shown; not shown by then, it gives its room back. */
  reservedFor: durationSchema.default('10m'),
  /** By channel; a channel that is not listed is `optIn`. */
  consent: z.record(z.string(), consentModelSchema).default({
    agent: 'optOut',
    web: 'optOut',
    app: 'optOut',
    email: 'optIn',
    sms: 'optIn',
    whatsapp: 'optIn',
    push: 'optIn',
    webpush: 'optIn',
    // To programs, not to people.
    webhook: 'none',
  }),
});
export type ContactPolicy = z.output<typeof contactPolicySchema>;
