import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerHistory } from '../events/segue-event.js';
import { featureValues } from '../features/feature-set.js';
import { emptyFeatureState, updateFeatureState } from '../features/feature-state.js';
import { ONLINE_RETAIL_FILE, onlineRetailHistories } from '../testing/online-retail.js';
import { trackEvent } from '../testing/track-event.js';
import { seededRandom } from '../training/seeded-random.js';
import { churnModelOf, loadChurnModel } from './churn-model.js';
import { type ChurnTraining, trainChurn } from './train-churn.js';

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1);
const SMALL = { recipe: { members: 2, hidden: 16, maxEpochs: 15 }, bags: 2 };

/** Half order every 10 days or so and go on; half order every 40 days and stop after day 100. */
function shop(customers: number): CustomerHistory[] {
  const random = seededRandom(1);
  return Array.from({ length: customers }, (_, index) => {
    const stays = index % 2 === 0;
    const events = [];
    for (
      let day = random.uniform() * 30;
      day < (stays ? 400 : 100);
      day += (stays ? 10 : 40) * (0.5 + random.uniform())
    ) {
      events.push(trackEvent('Order Completed', START + day * DAY, { revenue: 20 }));
    }
    return { customerId: `customer ${index}`, events };
  });
}

async function* streamed(histories: readonly CustomerHistory[]) {
  yield* histories;
}

function at(day: number): Date {
  return new Date(START + day * DAY);
}

describe('trainChurn', { timeout: 120_000 }, () => {
  const histories = shop(400);
  let training: ChurnTraining;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'segue-churn-'));
    training = await trainChurn({
      histories: () => streamed(histories),
      asOf: at(150),
      testAsOf: at(250),
      horizonDays: 60,
      seed: 3,
      version: 'v1',
      trainedAt: at(400),
      ...SMALL,
    });
    await training.classifier.save(folder);
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true }));

  it('tells those who stopped from those who go on, and counts whom it looked at', () => {
    expect(training.metrics.auc.value).toBeGreaterThan(0.99);
    expect(training.counts).toMatchObject({ testRows: 400, testChurned: 200, sampled: 1 });
    expect(training.baselines.baseRate.auc.value).toBe(0.5);
    expect(training.split).toBe('time');
  });

  it('serves the same score from its folder as from memory, with reasons in plain words', async () => {
    const loaded = await loadChurnModel(folder);
    const state = (histories[1]?.events ?? []).reduce(updateFeatureState, emptyFeatureState());
    const values = featureValues(state, at(250));
    const score = loaded.score(values);
    expect(score.probability).toBeGreaterThan(0.8);
    expect(score).toEqual(churnModelOf(training.classifier).score(values));
    expect(score.reasons[0]?.contribution).toBeGreaterThan(0);
    expect(score.reasons.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^No order for 1\d\d days; usual gap is \d+$/),
    );
  });

  it('refuses to load a model of other features', async () => {
    const path = join(folder, 'manifest.json');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(/"featuresHash": "\w+"/, '"featuresHash": "0123456789abcdef"'));
    await expect(loadChurnModel(folder)).rejects.toThrow(/trained on other features .* Train it again/);
    await writeFile(path, text);
  });

  it('keeps a sample of the customers where there are more rows than allowed', async () => {
    const sampled = await trainChurn({
      histories: () => streamed(histories),
      asOf: at(150),
      horizonDays: 60,
      seed: 3,
      version: 'v1',
      trainedAt: at(400),
      maxRows: 600,
      ...SMALL,
    });
    expect(sampled.counts.sampled).toBe(0.5);
    expect(sampled.counts.trainRows + sampled.counts.testRows).toBeLessThanOrEqual(600);
    expect(sampled.split).toBe('customers');
  });

  it('says so where nobody ordered before the date', async () => {
    const training = trainChurn({
      histories: () => streamed(histories),
      asOf: at(-300),
      horizonDays: 60,
      seed: 3,
      version: 'v1',
      trainedAt: at(400),
    });
    await expect(training).rejects.toThrow('No customer ordered before 2024-03-07');
  });
});

describe.skipIf(ONLINE_RETAIL_FILE === undefined)(
  'on Online Retail (skipped where ../shared/data is missing)',
  () => {
    it('reaches an AUC of 0.735 with a small network, better than recency alone', {
      timeout: 180_000,
    }, async () => {
      const histories = await onlineRetailHistories(ONLINE_RETAIL_FILE ?? '');
      const { metrics, baselines, counts } = await trainChurn({
        histories: () => streamed(histories),
        asOf: new Date('2011-06-01'),
        testAsOf: new Date('2011-09-01'),
        horizonDays: 90,
        seed: 0,
        version: 'test',
        trainedAt: new Date(0),
        recipe: { members: 2, hidden: 24, maxEpochs: 5 },
        bags: 1,
      });
      expect(counts).toMatchObject({ testRows: 3317, testChurned: 1453 });
      expect(metrics.auc.value).toBeGreaterThan(0.735);
      expect(metrics.auc.value).toBeGreaterThan(baselines.recency.auc.value + 0.04);
    });
  },
);
