/** Beyond this the sender's `sentAt` is not taken as its clock: the message was stored and sent on, or replayed. */
export const MAX_CLOCK_SKEW_MS = 24 * 60 * 60 * 1000;

export type MessageClock = {
  readonly timestamp: Date | undefined;
  readonly sentAt: Date | undefined;
  readonly receivedAt: Date;
};

/**
 * When an event happened by our clock: `timestamp + (receivedAt - sentAt)`, Segment's rule, which cancels a sender's
 * wrong clock. Bounded: a difference over {@link MAX_CLOCK_SKEW_MS} either way is no clock error but an old message
 * sent on, so `timestamp` stays. Without `sentAt` it stays too; without `timestamp` it is `receivedAt`. In no case is
 * it later than `receivedAt`: what has been received has happened.
 */
export function correctClock({ timestamp, sentAt, receivedAt }: MessageClock): Date {
  if (timestamp === undefined) return receivedAt;
  const skew = sentAt === undefined ? 0 : receivedAt.getTime() - sentAt.getTime();
  const corrected = timestamp.getTime() + (Math.abs(skew) <= MAX_CLOCK_SKEW_MS ? skew : 0);
  return new Date(Math.min(corrected, receivedAt.getTime()));
}
