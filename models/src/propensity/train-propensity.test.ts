import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerHistory, SegueEvent } from '../events/segue-event.js';
import { emptyFeatureState, updateFeatureState } from '../features/feature-state.js';
import { trackEvent } from '../testing/track-event.js';
import { seededRandom } from '../training/seeded-random.js';
import type { PropensityCandidate } from './candidate.js';
import { loadPropensityModel, propensityModelOf } from './propensity-model.js';
import { propensityNotesOf } from './propensity-notes.js';
import { type PropensityTraining, retrainPropensity, trainPropensity } from './train-propensity.js';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 1);
const ACTIONS = [
  { actionId: 'toys-offer', tags: ['Toys'] },
  { actionId: 'coats-offer', tags: ['Coats'] },
];

/** Everybody likes one category; an offer of it gets a yes from 60 %, another one from 5 %. */
function shop(customers: number): CustomerHistory[] {
  const random = seededRandom(4);
  return Array.from({ length: customers }, (_, index) => {
    const liked = index % 2 === 0 ? 'Toys' : 'Coats';
    const events: SegueEvent[] = [];
    for (let offer = 0; offer < 5; offer += 1) {
      const time = START + (offer * 24 + Math.floor(random.uniform() * 12)) * HOUR * 8;
      events.push(trackEvent('Product Viewed', time, { product_id: 'p', category: liked }));
      const action = random.uniform() < 0.5 ? 'toys-offer' : 'coats-offer';
      const properties = {
        decision_id: `d ${index} ${offer}`,
        action_id: action,
        group_id: 'offers',
        treatment_id: `${action}-email`,
        channel: 'email',
      };
      events.push(trackEvent('Action Shown', time + HOUR, properties));
      const likes = (action === 'toys-offer') === (liked === 'Toys');
      if (random.uniform() < (likes ? 0.6 : 0.05)) {
        events.push(trackEvent('Action Accepted', time + 2 * HOUR, properties));
      }
    }
    return { customerId: `customer ${index}`, events };
  });
}

async function* streamed(histories: readonly CustomerHistory[]) {
  yield* histories;
}

function candidate(actionId: string, tags: readonly string[]): PropensityCandidate {
  return { actionId, groupId: 'offers', channel: 'email', treatmentId: `${actionId}-email`, tags };
}

describe('trainPropensity', () => {
  const histories = shop(300);
  const fan = histories[0]?.events ?? [];
  const request = {
    state: fan.reduce(updateFeatureState, emptyFeatureState()),
    now: new Date((fan.at(-1)?.timestamp.getTime() ?? START) + HOUR),
    candidates: [
      candidate('toys-offer', ['Toys']),
      candidate('coats-offer', ['Coats']),
      candidate('new-toys-offer', ['Toys']),
    ],
  };
  let training: PropensityTraining;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'segue-propensity-'));
    training = await trainPropensity({
      histories: () => streamed(histories),
      actions: ACTIONS,
      windowDays: 1,
      seed: 2,
      version: 'v1',
      trainedAt: new Date(START),
      recipe: { members: 2, hidden: 16, maxEpochs: 14 },
    });
    await training.classifier.save(folder);
  }, 240_000);
  afterAll(() => rm(folder, { recursive: true }));

  it('learns who says yes to what, better than the rate of each action', () => {
    expect(training.metrics.auc.value).toBeGreaterThan(0.8);
    expect(training.metrics.logLoss.value).toBeLessThan(training.baselines.actionRate.logLoss.value - 0.05);
    const { trainRows, testRows, leftOut } = training.counts;
    expect(trainRows + testRows + leftOut).toBe(1500);
  });

  it('scores candidates, one never seen by what it is about, and says why', async () => {
    const model = await loadPropensityModel(folder);
    const [liked, other, unseen] = model.score(request);
    expect(liked?.probability).toBeGreaterThan(0.4);
    expect(other?.probability).toBeLessThan(0.2);
    expect(unseen?.probability).toBeGreaterThan(3 * (other?.probability ?? 1));
    expect(liked?.reasons.map(({ text }) => text)).toContain('100 % of their interest lately goes to Toys');
    expect([model.knows('toys-offer'), model.knows('new-toys-offer')]).toEqual([true, false]);
  });

  it('serves what was fitted once more, with the offers that tested it', () => {
    const { data, metrics, notes } = training.classifier.manifest;
    expect(data.rows).toBeGreaterThan(training.counts.trainRows + 0.9 * training.counts.testRows);
    expect(metrics['logLoss']?.value).toBeCloseTo(training.metrics.logLoss.value, 9);
    const actions = Object.values(propensityNotesOf(training.classifier.manifest).actions);
    expect(actions.reduce((sum, { shown }) => sum + shown, 0)).toBe(data.rows);
    expect(notes['testFrom']).toBe(training.testFrom.toISOString());
  });

  it('trains again by what was chosen, without a test', async () => {
    const again = await retrainPropensity(
      {
        histories: () => streamed(histories),
        actions: ACTIONS,
        windowDays: 1,
        seed: 2,
        version: 'v2',
        trainedAt: new Date(START),
      },
      { weight: 1, calibrator: training.chosen.calibrator },
    );
    const [liked, other] = propensityModelOf(again).score(request);
    expect(again.manifest.metrics).toEqual({});
    expect(liked?.probability).toBeGreaterThan(2 * (other?.probability ?? 1));
  });

  it('serves from its folder what it gave in memory', async () => {
    const loaded = await loadPropensityModel(folder);
    const [served, given] = [loaded, propensityModelOf(training.classifier)].map((model) =>
      model.score(request).map((score) => ({ ...score, reasons: score.reasons })),
    );
    expect(served).toEqual(given);
  });

  it('says so where no action was ever shown', async () => {
    const silent = trainPropensity({
      histories: () => streamed([{ customerId: 'c', events: [trackEvent('Order Completed', START)] }]),
      seed: 0,
      version: 'v1',
      trainedAt: new Date(START),
    });
    await expect(silent).rejects.toThrow('No action was ever shown to a customer');
  });
});
