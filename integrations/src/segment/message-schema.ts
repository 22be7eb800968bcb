import { z } from 'zod';
import type { InboundEventType } from './inbound-event.js';
import { timestampSchema } from './timestamp.js';

const ID_RULE = 'a string of 1 to 512 characters, none of them a control character';
const NAME_RULE = 'a string of 1 to 256 characters';

/** Whole numbers are taken as ids too, since many senders' user ids are numbers; `null` is the same as absent. */
const identifier = z
  .union([z.string(), z.int()], { error: ID_RULE })
  .transform(String)
  .pipe(z.string().regex(/^(?=.*\S)[^\p{Cc}]{1,512}$/u, { error: ID_RULE }))
  // The same rule for readers of JSON Schema, whose patterns don't know `\p{Cc}` everywhere.
  .meta({
    anyOf: [
      {
        type: 'string',
        maxLength: 512,
        pattern: String.raw`^[^\u0000-\u001F\u007F-\u009F]*[^\s\u0000-\u001F\u007F-\u009F][^\u0000-\u001F\u007F-\u009F]*$`,
      },
      { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
    ],
  });

const optionalIdentifier = identifier.nullish().transform((id) => id ?? undefined);
const optionalTimestamp = timestampSchema.nullish().transform((date) => date ?? undefined);
const eventName = z
  .string({ error: NAME_RULE })
  .max(256, { error: NAME_RULE })
  .regex(/\S/, { error: NAME_RULE });
const pageName = z
  .string({ error: 'a string of at most 256 characters' })
  .max(256, { error: 'a string of at most 256 characters' })
  .nullish()
  .transform((name) => name ?? '');

/** How JSON Schema says "any object, or null". */
const FREE_FORM = { type: ['object', 'null'] };

const envelope = {
  messageId: optionalIdentifier,
  userId: optionalIdentifier,
  anonymousId: optionalIdentifier,
  timestamp: optionalTimestamp,
  /** Set by Segment itself on messages whose `timestamp` it has already corrected. */
  originalTimestamp: optionalTimestamp,
  sentAt: optionalTimestamp,
  // Free-form JSON is copied by `toSafeJson`, not by zod, which would leave a `__proto__` key out.
  properties: z.unknown().optional().meta(FREE_FORM),
  traits: z.unknown().optional().meta(FREE_FORM),
  context: z
    .unknown()
    .optional()
    .meta({
      ...FREE_FORM,
      properties: {
        consent: {
          type: ['object', 'null'],
          properties: {
            categoryPreferences: { type: ['object', 'null'], additionalProperties: { type: 'boolean' } },
          },
        },
      },
    }),
};

/** What `context` has to look like where it carries consent. */
export const consentContextSchema = z.object({
  consent: z
    .object(
      {
        categoryPreferences: z
          .record(z.string(), z.boolean({ error: 'true or false' }), {
            error: 'an object of category names to true or false',
          })
          .nullish(),
      },
      { error: 'an object' },
    )
    .nullish(),
});

type HasIdentity = { userId?: string | undefined; anonymousId?: string | undefined };
const identified = <Schema extends z.ZodType<HasIdentity>>(schema: Schema) =>
  schema.refine((message) => message.userId !== undefined || message.anonymousId !== undefined, {
    path: ['userId'],
    error: 'given, or "anonymousId" in its place',
  });

/** The Segment spec's messages, each with what its type requires. Fields that are not part of it are left out. */
export const MESSAGE_SCHEMAS = {
  track: identified(z.object({ ...envelope, event: eventName })),
  identify: identified(z.object(envelope)),
  page: identified(z.object({ ...envelope, name: pageName, category: pageName })),
  screen: identified(z.object({ ...envelope, name: pageName, category: pageName })),
  group: identified(z.object({ ...envelope, groupId: identifier })),
  alias: z.object({ ...envelope, userId: identifier, previousId: identifier }),
} satisfies Record<InboundEventType, z.ZodType>;
