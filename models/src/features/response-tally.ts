import { z } from 'zod';

/** Outcomes of one action, or of one group of actions, for one customer. */
export const tallySchema = z.object({
  id: z.string(),
  /** Time of the latest outcome. */
  last: z.number(),
  lastShown: z.number().nullable(),
  shown: z.int(),
  accepted: z.int(),
  rejected: z.int(),
  postponed: z.int(),
});
export type ResponseTally = z.infer<typeof tallySchema>;

/** The tallies, latest first, with one outcome added; at most `keep` are kept. */
export function tallied(
  tallies: ResponseTally[],
  outcome: Pick<ResponseTally, 'shown' | 'accepted' | 'rejected' | 'postponed'> & {
    readonly id: string | undefined;
    readonly time: number;
  },
  keep: number,
): ResponseTally[] {
  const { id, time, shown, accepted, rejected, postponed } = outcome;
  if (id === undefined) {
    return tallies;
  }
  const known = tallies.find((tally) => tally.id === id);
  const tally: ResponseTally = {
    id,
    last: Math.max(known?.last ?? time, time),
    lastShown: shown === 1 ? Math.max(known?.lastShown ?? time, time) : (known?.lastShown ?? null),
    shown: (known?.shown ?? 0) + shown,
    accepted: (known?.accepted ?? 0) + accepted,
    rejected: (known?.rejected ?? 0) + rejected,
    postponed: (known?.postponed ?? 0) + postponed,
  };
  return [tally, ...tallies.filter((other) => other.id !== id)]
    .sort((a, b) => b.last - a.last || (a.id < b.id ? -1 : 1))
    .slice(0, keep);
}

/** Log odds of accepting, as if the customer had been shown ten actions more and accepted one of them. */
export function acceptScore(accepted: number, shown: number): number {
  return Math.log((accepted + 1) / (Math.max(0, shown - accepted) + 9));
}
