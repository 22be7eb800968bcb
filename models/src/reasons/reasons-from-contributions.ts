import { BUYING_THEMES } from './buying-themes.js';
import { CANDIDATE_THEMES } from './candidate-themes.js';
import { CONTACT_THEMES } from './contact-themes.js';
import type { ReasonFacts, Theme } from './facts.js';

/** Why a score is what it is, in an agent's words, with the number behind it. */
export type ScoreReason = {
  /** "No order for 74 days; usual gap is 21": one plain sentence without a full stop. */
  readonly text: string;
  /** The feature that leads the story. */
  readonly feature: string;
  /** Its value; null where it is missing or not a number. */
  readonly value: number | null;
  /** What the story's features add to the log odds of the score, compared with the average customer. */
  readonly contribution: number;
};

const THEMES: readonly Theme[] = [...BUYING_THEMES, ...CONTACT_THEMES, ...CANDIDATE_THEMES];
const THEME_OF = new Map(THEMES.flatMap((theme) => theme.features.map((feature) => [feature, theme])));

/** Every feature that has words. */
export const EXPLAINED_FEATURES: ReadonlySet<string> = new Set(THEME_OF.keys());

/** A reason weaker than this share of the strongest is left out. */
const WEAKEST = 0.1;

/**
 * The strongest reasons first: those that explain why the score differs from the average, then what speaks against it.
 *
 * @param contributions what each feature adds to the log odds
 */
export function reasonsFromContributions(
  contributions: ReadonlyMap<string, number>,
  facts: Omit<ReasonFacts, 'raises'>,
  most = 4,
): ScoreReason[] {
  const sums = new Map<Theme, number>();
  let total = 0;
  for (const [feature, contribution] of contributions) {
    const theme = THEME_OF.get(feature);
    if (theme !== undefined) {
      sums.set(theme, (sums.get(theme) ?? 0) + contribution);
      total += contribution;
    }
  }
  const strongest = Math.max(...[...sums.values()].map(Math.abs));
  const direction = total >= 0 ? 1 : -1;
  return [...sums]
    .filter(([, contribution]) => Math.abs(contribution) >= WEAKEST * strongest && contribution !== 0)
    .sort(([a, one], [b, other]) => (other - one) * direction || (a.lead < b.lead ? -1 : 1))
    .flatMap(([theme, contribution]): ScoreReason[] => {
      const text = theme.say({ ...facts, raises: contribution > 0 });
      return text === undefined
        ? []
        : [{ text, feature: theme.lead, value: facts.value(theme.lead), contribution }];
    })
    .slice(0, most);
}
