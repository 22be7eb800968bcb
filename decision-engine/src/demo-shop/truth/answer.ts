import type { ResponseCase } from '../behaviour/situation.js';
import type { Draws } from '../chance/draws.js';
import type { DemoChannel } from '../world/actions.js';
import { HOUR, MINUTE } from '../world/local-time.js';
import { trueResponseProbability } from './response-probability.js';

/** What a customer does with an offer, and how long after they saw it (milliseconds). */
export type Answer = {
  readonly probability: number;
  readonly answer: 'accepted' | 'rejected' | 'postponed' | 'clicked' | 'none';
  readonly delay: number;
};

/** Of those who don't say yes: who says no, later, or looks and leaves it. The rest never answers. */
const OTHERWISE: Record<DemoChannel, { rejected: number; postponed: number; clicked: number }> = {
  agent: { rejected: 0.55, postponed: 0.25, clicked: 0 },
  web: { rejected: 0.12, postponed: 0.02, clicked: 0.06 },
  email: { rejected: 0.012, postponed: 0, clicked: 0.07 },
  sms: { rejected: 0.03, postponed: 0, clicked: 0.05 },
};

const MEAN_DELAY: Record<DemoChannel, number> = {
  agent: 0.4 * MINUTE,
  web: 0.6 * MINUTE,
  email: 11 * HOUR,
  sms: 3 * HOUR,
};

export function drawAnswer(draws: Draws, question: ResponseCase): Answer {
  const probability = trueResponseProbability(question);
  // Always two draws, so that the same offer under another policy meets the same chance.
  const luck = draws.uniform();
  const delay = 2000 + draws.wait(MEAN_DELAY[question.channel]);
  if (luck < probability) return { probability, answer: 'accepted', delay };
  if (question.situation.gone) return { probability, answer: 'none', delay };
  const rest = (luck - probability) / (1 - probability);
  const { rejected, postponed, clicked } = OTHERWISE[question.channel];
  const annoyed = rejected * (1 + Math.min(question.situation.tired, 6) / 6);
  const answer =
    rest < annoyed
      ? 'rejected'
      : rest < annoyed + postponed
        ? 'postponed'
        : rest < annoyed + postponed + clicked
          ? 'clicked'
          : 'none';
  return { probability, answer, delay };
}
