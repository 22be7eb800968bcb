import { describe, expect, it } from 'vitest';
import { benchNetwork } from '../bench/bench-network.js';
import { FEATURES, featureValues } from '../features/feature-set.js';
import { emptyFeatureState, updateFeatureState } from '../features/feature-state.js';
import { encodeRows } from '../networks/encode-rows.js';
import { CompiledScorer } from '../serving/compiled-scorer.js';
import { categoricalColumn, createTable, numericColumn } from '../tables/table.js';
import { trackEvent } from '../testing/track-event.js';
import type { PropensityCandidate } from './candidate.js';
import {
  CANDIDATE_CATEGORIES,
  CANDIDATE_COLUMNS,
  candidateCategories,
  candidateValues,
  decisionMoment,
} from './candidate-columns.js';
import { CandidateScorer } from './candidate-scorer.js';
import { lastLayerOf, withLastLayer } from './last-layer.js';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

function offer(name: string, index: number) {
  return trackEvent(name, START + index * DAY, {
    decision_id: `d${index}`,
    action_id: `action ${index % 4}`,
    group_id: `group ${index % 3}`,
    treatment_id: `treatment ${index % 4}`,
    channel: index % 2 === 0 ? 'email' : 'push',
  });
}

const candidates: readonly PropensityCandidate[] = Array.from({ length: 150 }, (_, index) => ({
  actionId: `action ${index % 70}`,
  groupId: `group ${index % 5}`,
  channel: ['email', 'push', 'sms'][index % 3] ?? 'email',
  treatmentId: `treatment ${index % 11}`,
  tags: [[], ['Toys'], ['Coats', 'Toys'], ['Shoes']][index % 4] ?? [],
}));

describe('the scores of candidates, with what they share summed once', () => {
  it('are those of a table with a row for each', { timeout: 60_000 }, async () => {
    const { encodings, members } = await benchNetwork(
      { bags: 1, members: 2, hidden: 6, layers: 2 },
      true,
      600,
    );
    const scorer = new CompiledScorer(members, encodings);
    const known = new Set(candidates.map(({ actionId }) => actionId).filter((id) => id !== 'action 3'));
    const wide = withLastLayer(members);
    const candidateScorer = new CandidateScorer(scorer, wide, known);
    const wideScorer = new CompiledScorer(wide, encodings);
    const events = [
      ...[0, 1, 2, 3, 4, 5].map((index) => offer('Action Shown', index)),
      ...[1, 2].map((index) => offer('Action Accepted', index)),
      offer('Action Rejected', 3),
      ...['Toys', 'Toys', 'Shoes'].map((category, index) =>
        trackEvent('Product Viewed', START + (6 + index) * DAY, { product_id: 'p', category }),
      ),
    ];
    const state = events.reduce(updateFeatureState, emptyFeatureState());
    // Twice, at two moments: nothing of one decision may stay behind for the next.
    for (const now of [new Date(START + 9.6 * DAY), new Date(START + 30 * DAY)]) {
      const customer = featureValues(state, now);
      const moment = decisionMoment(state, now);
      const crossings = candidates.map((candidate) => candidateValues(moment, candidate));
      const encoded = encodeRows(
        createTable([
          ...FEATURES.map(({ name }, index) =>
            numericColumn(
              name,
              candidates.map(() => customer[index]),
            ),
          ),
          ...CANDIDATE_COLUMNS.map(({ name }, index) =>
            numericColumn(
              name,
              crossings.map((crossing) => crossing[index]),
            ),
          ),
          ...CANDIDATE_CATEGORIES.map((name) =>
            categoricalColumn(
              name,
              candidates.map((candidate) =>
                known.has(candidate.actionId) || name === 'group' || name === 'channel'
                  ? candidateCategories(candidate)[name]
                  : '',
              ),
            ),
          ),
        ]),
        encodings,
      );
      const scores = candidateScorer.score({ customer, moment, candidates });
      const expected = scorer.score(encoded);
      const summaries = wideScorer.score(encoded);
      for (const [row, logit] of expected.entries()) {
        expect(scores[row * 7]).toBeCloseTo(logit, 5);
        for (const [number, value] of lastLayerOf(scores, row).entries()) {
          expect(value).toBeCloseTo(lastLayerOf(summaries, row)[number] ?? Number.NaN, 5);
        }
      }
    }
  });
});
