import { z } from 'zod';

/** Rails writes times as ISO 8601, as `2020-03-03 13:05:57 UTC`, or as seconds since 1970, depending on the object. */
const moment = z.union([z.number(), z.string()]).transform((value, context) => {
  const date = new Date(typeof value === 'number' ? value * 1000 : value.replace(/ UTC$/, 'Z'));
  if (!Number.isNaN(date.getTime())) return date;
  context.addIssue({ code: 'custom', message: 'a time' });
  return z.NEVER;
});

const id = z.int();
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

const contact = z.object({ id, name: text, email: text, phone_number: text, identifier: text });
const agent = z.object({ id, name: text });

const conversation = z.object({
  id,
  channel: text,
  status: text,
  created_at: moment.optional(),
  updated_at: moment.optional(),
  meta: z.object({
    sender: contact,
    assignee: agent.nullish(),
    hmac_verified: z
      .boolean()
      .nullish()
      .transform((value) => value === true),
  }),
});

const account = z.object({ id });

const answeredSurvey = z.object({
  submitted_values: z.object({
    csat_survey_response: z.object({ rating: z.int().min(1).max(5), feedback_message: text }),
  }),
});

/** The parts we use of the webhook calls we use; everything else in them is passed over. */
export const CHATWOOT_CALLS = {
  conversation_created: conversation.extend({ account }),
  conversation_status_changed: conversation.extend({ account }),
  message_created: z.object({
    id,
    content: text,
    created_at: moment,
    message_type: z.enum(['incoming', 'outgoing', 'activity', 'template']),
    private: z
      .boolean()
      .nullish()
      .transform((value) => value === true),
    sender: agent.nullish(),
    conversation,
    account,
  }),
  message_updated: z.object({
    id,
    content_type: text,
    content_attributes: answeredSurvey.or(z.unknown()),
    updated_at: moment.optional(),
    conversation,
    account,
  }),
} as const;

export type ChatwootCall = { [Name in keyof typeof CHATWOOT_CALLS]: z.output<(typeof CHATWOOT_CALLS)[Name]> };
export type ChatwootConversation = z.output<typeof conversation>;

/** The answer to a satisfaction survey, if there is one in a message. */
export function surveyAnswerOf(
  message: ChatwootCall['message_updated'],
): { score: number; comment: string } | undefined {
  const parsed = answeredSurvey.safeParse(message.content_attributes);
  if (message.content_type !== 'input_csat' || !parsed.success) return undefined;
  const { rating, feedback_message } = parsed.data.submitted_values.csat_survey_response;
  return { score: rating, comment: feedback_message };
}
