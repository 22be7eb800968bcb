import { emptyFeatureState } from '@segue/models';
import { expect, test } from 'vitest';
import { type ChurnScorer, NO_SCORERS, type PropensityScorer } from '../scoring/scorers.js';
import { recordOffers } from './record-offers.js';

const now = new Date('2026-11-01T00:00:00Z');
const candidate = (actionId: string) => ({
  actionId,
  groupId: 'g',
  channel: 'agent',
  treatmentId: `${actionId} words`,
  tags: [],
});

function propensity(version: string, asked: string[][]): PropensityScorer {
  return {
    version,
    windowDays: 7,
    answerDays: (channel) => (channel === 'agent' ? 0.5 : 7),
    knows: () => true,
    score: ({ candidates }) => {
      asked.push(candidates.map(({ actionId }) => actionId));
      return candidates.map(({ actionId }, index) => ({
        probability: 0.1 * (index + 1),
        standardError: 0.01,
        reasons: [],
        offer: { actionId, logit: -index, lastLayer: [index] },
      }));
    },
  };
}

const churn = (version: string): ChurnScorer => ({
  version,
  horizonDays: 90,
  baseRate: 0.4,
  score: () => ({ probability: 0.3, reasons: [] }),
});

test('keeps what was chosen, and what a challenger says of it, after the choice', () => {
  const [first, second]: [string[][], string[][]] = [[], []];
  const recorder = recordOffers({
    ...NO_SCORERS,
    churn: churn('c1'),
    propensity: propensity('p1', first),
    shadow: { churn: churn('c2'), propensity: propensity('p2', second) },
  });
  const values = new Float64Array(0);
  recorder.scorers.churn?.score(values);
  const candidates = [candidate('gift'), candidate('call')];
  recorder.scorers.propensity?.score({ state: emptyFeatureState(), values, now, candidates });
  expect(second).toEqual([]);
  const actions = [{ actionId: 'call', treatment: { treatmentId: 'call words' } }];
  expect(recorder.keep({ actions, decidedAt: now })).toEqual({
    learning: {
      modelVersion: 'p1',
      offers: [{ actionId: 'call', logit: -1, lastLayer: [1] }],
      settlesAt: new Date('2026-11-01T12:00:00Z'),
      closesAt: new Date('2026-11-08T00:00:00Z'),
    },
    shadow: {
      churn: { version: 'c2', probability: 0.3 },
      propensity: { version: 'p2', actions: [{ actionId: 'call', probability: 0.1 }] },
    },
  });
  expect({ first, second }).toEqual({ first: [['gift', 'call']], second: [['call']] });
});

test('keeps nothing where no model scored', () => {
  const recorder = recordOffers(NO_SCORERS);
  expect(recorder.keep({ actions: [], decidedAt: now })).toEqual({});
});
