import type { OfferView } from '@segue/models';
import type { PropensityScorer, Scorers } from '../scoring/scorers.js';
import type { DecisionLearning, ShadowScores } from './decision-learning.js';

type Request = Parameters<PropensityScorer['score']>[0];
type Chosen = { readonly actionId: string; readonly treatment: { readonly treatmentId: string } };

const DAY_MS = 86_400_000;

export type OfferRecorder = {
  /** Score with these; they remember what they were asked. */
  readonly scorers: Scorers;
  /** What to keep with a decision that chose these actions; nothing where no model scored them. */
  keep(decision: { readonly actions: readonly Chosen[]; readonly decidedAt: Date }): {
    readonly learning?: DecisionLearning;
    readonly shadow?: ShadowScores;
  };
};

/**
 * Wraps the scorers of one decision, so that what learning and shadow scoring need of it can be kept with it. Challengers
 * score the chosen actions only, after the choice: they can't change it.
 */
export function recordOffers(scorers: Scorers): OfferRecorder {
  const offers = new Map<string, { readonly offer: OfferView; readonly channel: string }>();
  let asked: Request | null = null;
  let features: Float64Array | null = null;
  const { churn, propensity, shadow } = scorers;
  const key = (actionId: string, treatmentId: string) => `${actionId}\n${treatmentId}`;
  return {
    scorers: {
      ...scorers,
      churn: churn && {
        ...churn,
        score: (values) => {
          features = values;
          return churn.score(values);
        },
      },
      propensity: propensity && {
        ...propensity,
        score: (request) => {
          asked = request;
          const scores = propensity.score(request);
          request.candidates.forEach(({ actionId, treatmentId, channel }, index) => {
            const offer = scores[index]?.offer;
            if (offer !== undefined) offers.set(key(actionId, treatmentId), { offer, channel });
          });
          return scores;
        },
      },
    },
    keep: ({ actions, decidedAt }) => {
      const kept = actions.flatMap(({ actionId, treatment }) => {
        const scored = offers.get(key(actionId, treatment.treatmentId));
        return scored === undefined ? [] : [scored];
      });
      const after = (days: number) => new Date(decidedAt.getTime() + days * DAY_MS);
      const beside = shadowScores(shadow, { asked, features, actions });
      return {
        ...(propensity === null || kept.length === 0
          ? {}
          : {
              learning: {
                modelVersion: propensity.version,
                offers: kept.map(({ offer }) => offer),
                settlesAt: after(Math.max(...kept.map(({ channel }) => propensity.answerDays(channel)))),
                closesAt: after(propensity.windowDays),
              },
            }),
        ...(Object.keys(beside).length === 0 ? {} : { shadow: beside }),
      };
    },
  };
}

function shadowScores(
  { churn, propensity }: Scorers['shadow'],
  known: {
    readonly asked: Request | null;
    readonly features: Float64Array | null;
    readonly actions: readonly Chosen[];
  },
): ShadowScores {
  const { asked, features, actions } = known;
  const chosen = new Set(actions.map(({ actionId }) => actionId));
  const candidates = asked?.candidates.filter(({ actionId }) => chosen.has(actionId)) ?? [];
  return {
    ...(churn === null || features === null
      ? {}
      : { churn: { version: churn.version, probability: churn.score(features).probability } }),
    ...(propensity === null || asked === null || candidates.length === 0
      ? {}
      : {
          propensity: {
            version: propensity.version,
            actions: propensity.score({ ...asked, candidates }).map(({ probability }, index) => ({
              actionId: candidates[index]?.actionId ?? '',
              probability,
            })),
          },
        }),
  };
}
