import { z } from 'zod';

const id = z.union([z.int(), z.string().min(1).max(64)]).transform(String);
const text = z
  .string()
  .max(100_000)
  .nullish()
  .transform((value) => value ?? '');
/** Zendesk's fractions of a second may have nine digits. */
const moment = z.string().transform((value, context) => {
  const date = new Date(value);
  if (!Number.isNaN(date.getTime())) return date;
  context.addIssue({ code: 'custom', message: 'a time' });
  return z.NEVER;
});

const ticket = z.object({
  id,
  requester_id: id,
  description: text,
  is_public: z.boolean().default(true),
  created_at: moment,
});
const about = { account_id: id, time: moment, detail: ticket };

/** The parts we use of the calls we use; everything else in them is passed over. */
export const ZENDESK_CALLS = {
  'ticket.created': z.object(about),
  'ticket.comment_added': z.object({
    ...about,
    event: z.object({
      comment: z.object({
        id,
        body: text,
        is_public: z.boolean().default(true),
        author: z.object({ id, name: text, is_staff: z.boolean().default(false) }),
      }),
    }),
  }),
  'ticket.status_changed': z.object({ ...about, event: z.object({ current: text }) }),
  /** Any event of a person: all of them say who it is. */
  user: z.object({
    account_id: id,
    time: moment,
    detail: z.object({ id, email: text, external_id: text, role: text }),
  }),
  /** A trigger's own body, as docs/channels.md gives it: no event of Zendesk's tells of ratings. */
  rating: z.object({
    account_id: id,
    ticket_id: id,
    requester_id: id,
    rating: z.union([z.number(), z.string()]).transform(String),
  }),
} as const;

export type ZendeskCall = { [Name in keyof typeof ZENDESK_CALLS]: z.output<(typeof ZENDESK_CALLS)[Name]> };
