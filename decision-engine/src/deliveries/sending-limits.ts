import { z } from 'zod';

/** How much a channel may send at once. */
export type SendingLimit = {
  /** Messages under way at one time. */
  readonly atOnce: number;
  /** Messages a second; null = as many as it takes. */
  readonly perSecond: number | null;
};
export type SendingLimits = ReadonlyMap<string, SendingLimit>;

/** Of a channel that no setting speaks of. */
export const USUAL_LIMIT: SendingLimit = { atOnce: 8, perSecond: null };

const FORM = 'Expected channels with messages at once and, after "@", a second: "email=16@50,sms=4@10"';
const ENTRY =
  /^(?<channel>[a-z0-9][a-z0-9-]{0,39})=(?<atOnce>[1-9]\d{0,2})(?:@(?<perSecond>\d{1,5}(?:\.\d{1,3})?))?$/;

/** `SEGUE_SENDING_LIMITS`: `email=16@50,sms=4@10`. */
export const sendingLimits = z.string().transform((text, context): SendingLimits => {
  const limits = new Map<string, SendingLimit>();
  for (const part of text.split(',')) {
    const { channel, atOnce, perSecond } = ENTRY.exec(part.trim())?.groups ?? {};
    const rate = perSecond === undefined ? null : Number(perSecond);
    if (channel === undefined || rate === 0) {
      context.addIssue({ code: 'custom', message: FORM });
      return z.NEVER;
    }
    limits.set(channel, { atOnce: Number(atOnce), perSecond: rate });
  }
  return limits;
});
