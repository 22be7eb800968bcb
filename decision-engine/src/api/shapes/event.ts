import { type InboundEventType, MESSAGE_SCHEMAS, SEGMENT_LIMITS, timestampSchema } from '@segue/integrations';
import { z } from 'zod';

/** JSON Schema can't see a refinement: it is told here what zod checks there. */
const IDENTIFIED = {
  anyOf: [
    { required: ['userId'], properties: { userId: { not: { type: 'null' } } } },
    { required: ['anonymousId'], properties: { anonymousId: { not: { type: 'null' } } } },
  ],
};

const { track, identify, page, screen, group, alias } = MESSAGE_SCHEMAS;
/** An address says which type it takes; a message may repeat it. */
const repeated = <Type extends string>(type: Type) => ({ type: z.literal(type).nullish() });

/** The messages of the Segment spec, each at its own address. */
export const EVENT_REQUESTS = {
  identify: identify.safeExtend(repeated('identify')).meta(IDENTIFIED),
  track: track.safeExtend(repeated('track')).meta(IDENTIFIED),
  page: page.safeExtend(repeated('page')).meta(IDENTIFIED),
  screen: screen.safeExtend(repeated('screen')).meta(IDENTIFIED),
  group: group.safeExtend(repeated('group')).meta(IDENTIFIED),
  alias: alias.safeExtend(repeated('alias')),
} satisfies Record<InboundEventType, z.ZodType>;

/** A batch as it is documented; each message is read by itself, so that all that is wrong with each is named. */
export const batchRequest = z.object({
  batch: z
    .array(
      z.discriminatedUnion('type', [
        identify.safeExtend({ type: z.literal('identify') }).meta(IDENTIFIED),
        track.safeExtend({ type: z.literal('track') }).meta(IDENTIFIED),
        page.safeExtend({ type: z.literal('page') }).meta(IDENTIFIED),
        screen.safeExtend({ type: z.literal('screen') }).meta(IDENTIFIED),
        group.safeExtend({ type: z.literal('group') }).meta(IDENTIFIED),
        alias.safeExtend({ type: z.literal('alias') }),
      ]),
    )
    .max(SEGMENT_LIMITS.batchEvents),
  sentAt: timestampSchema.nullish(),
  /** Holds for every message that has not its own. */
  context: z.unknown().optional(),
});

export const eventsAnswer = z.object({
  success: z.literal(true),
  /** Events taken in. */
  accepted: z.number().int(),
  /** Events whose `messageId` had come before. */
  duplicates: z.number().int(),
});
