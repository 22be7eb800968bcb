import { z } from 'zod';

/** Outcomes of one action, or of one group of actions, for one customer. */
export const tallySchema = z.object({
  id: z.string(),
  /** Time of the latest outcome. */
  last: z.number(),
  lastShown: z.number().nullable(),
  shown: z.int(),
  positive: z.int(),
  rejected: z.int(),
  postponed: z.int(),
});
export type ResponseTally = z.infer<typeof tallySchema>;

/** The tallies, latest first, with one outcome added; at most `keep` are kept. */
export function tallied(
  tallies: ResponseTally[],
  outcome: {
    readonly id: string | undefined;
    readonly time: number;
    readonly amounts: readonly [shown: number, positive: number, rejected: number, postponed: number];
  },
  keep: number,
): ResponseTally[] {
  const { id, time, amounts } = outcome;
  if (id === undefined) {
    return tallies;
  }
  const known = tallies.find((tally) => tally.id === id);
  const [shown, positive, rejected, postponed] = amounts;
  const tally: ResponseTally = {
    id,
    last: Math.max(known?.last ?? time, time),
    lastShown: shown === 1 ? Math.max(known?.lastShown ?? time, time) : (known?.lastShown ?? null),
    shown: (known?.shown ?? 0) + shown,
    positive: (known?.positive ?? 0) + positive,
    rejected: (known?.rejected ?? 0) + rejected,
    postponed: (known?.postponed ?? 0) + postponed,
  };
  return [tally, ...tallies.filter((other) => other.id !== id)]
    .sort((a, b) => b.last - a.last || (a.id < b.id ? -1 : 1))
    .slice(0, keep);
}
