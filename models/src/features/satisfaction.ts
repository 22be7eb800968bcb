import { z } from 'zod';
import type { JsonObject, SegueEvent } from '../events/segue-event.js';
import type { FeatureFamily } from './feature-family.js';
import { numberOf, textOf } from './order-facts.js';
import { DAY_MS, daysSince } from './time-units.js';

const KEPT_ANSWERS = 12;

const answerSchema = z.object({
  time: z.number(),
  /** In hundredths: 0 worst, 100 best. */
  score: z.int(),
});
const schema = z.object({
  /** The latest answers to surveys, oldest first. */
  surveys: z.array(answerSchema),
  /** The latest product reviews, oldest first. */
  reviews: z.array(answerSchema),
});
export type SatisfactionState = z.infer<typeof schema>;
type Answer = z.infer<typeof answerSchema>;

export type SatisfactionView = {
  readonly surveys: readonly Answer[];
  readonly reviews: readonly Answer[];
  readonly now: number;
};

function update(state: SatisfactionState, event: SegueEvent): SatisfactionState {
  if (event.type !== 'track') {
    return state;
  }
  switch (event.name) {
    case 'Survey Answered':
      return { ...state, surveys: withAnswer(state.surveys, event, surveyScore(event.properties)) };
    case 'Product Reviewed':
      return {
        ...state,
        reviews: withAnswer(state.reviews, event, onScale(event.properties['rating'], 1, 5)),
      };
    default:
      return state;
  }
}

function withAnswer(answers: Answer[], event: SegueEvent, score: number | undefined): Answer[] {
  if (score === undefined) {
    return answers;
  }
  return [...answers, { time: event.timestamp.getTime(), score }]
    .sort((a, b) => a.time - b.time || a.score - b.score)
    .slice(-KEPT_ANSWERS);
}

/** Recommendation (`survey: nps`) is asked from 0 to 10, everything else from 1 to 5. */
function surveyScore(properties: JsonObject): number | undefined {
  const recommend = textOf(properties['survey'])?.toLowerCase() === 'nps';
  return recommend ? onScale(properties['score'], 0, 10) : onScale(properties['score'], 1, 5);
}

function onScale(value: JsonObject[string] | undefined, worst: number, best: number): number | undefined {
  const number = numberOf(value);
  if (number === undefined) {
    return undefined;
  }
  return Math.round(((Math.min(best, Math.max(worst, number)) - worst) / (best - worst)) * 100);
}

function lowest(answers: readonly Answer[], from: number): number {
  const scores = answers.filter(({ time }) => time >= from).map(({ score }) => score / 100);
  return scores.length === 0 ? Number.NaN : Math.min(...scores);
}

/** What customers say when asked: surveys and product reviews, the latest 12 of each, from 0 (worst) to 1 (best). */
export const satisfaction: FeatureFamily<SatisfactionState, SatisfactionView> = {
  name: 'satisfaction',
  version: 1,
  schema,
  empty: { surveys: [], reviews: [] },
  update,
  view: (state, now) => ({ ...state, now }),
  features: [
    {
      name: 'survey_score_last',
      unit: 'score',
      description: 'Answer to the last survey (0 worst, 1 best)',
      value: (v) => (v.surveys.at(-1)?.score ?? Number.NaN) / 100,
    },
    {
      name: 'survey_score_worst_90d',
      unit: 'score',
      description: 'Worst answer to a survey in the last 90 days (0 worst, 1 best)',
      value: (v) => lowest(v.surveys, v.now - 90 * DAY_MS),
    },
    {
      name: 'days_since_survey',
      unit: 'days',
      description: 'Days since the last answer to a survey',
      value: (v) => daysSince(v.surveys.at(-1)?.time ?? null, v.now),
    },
    {
      name: 'review_rating_last',
      unit: 'score',
      description: 'Rating in the last product review (0 worst, 1 best)',
      value: (v) => (v.reviews.at(-1)?.score ?? Number.NaN) / 100,
    },
  ],
};
