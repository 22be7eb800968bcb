import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerHistory } from '../events/segue-event.js';
import { customerRow } from '../features/customer-row.js';
import { featureValues } from '../features/feature-set.js';
import { emptyFeatureState, updateFeatureState } from '../features/feature-state.js';
import { trackEvent } from '../testing/track-event.js';
import { lognormalMoments } from '../training/lognormal-head.js';
import { seededRandom } from '../training/seeded-random.js';
import { LeaveOneOut } from './leave-one-out.js';
import { loadCustomerValueModel, loadLeavingModel } from './lifetime-models.js';
import { type SurvivalTraining, trainSurvival } from './train-survival.js';
import { trainValue, type ValueTraining } from './train-value.js';

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1);
const SMALL = { members: 2, hidden: 12, layers: 2, maxEpochs: 25 };

/** Half spend 60 about every 12 days and stay; half spend 10 about every 40 days and stop by day 120. */
function shop(customers: number): CustomerHistory[] {
  const random = seededRandom(4);
  return Array.from({ length: customers }, (_, index) => {
    const stays = index % 2 === 0;
    const events = [];
    for (
      let day = random.uniform() * 60;
      day < (stays ? 400 : 120);
      day += (stays ? 12 : 40) * (0.5 + random.uniform())
    ) {
      const revenue = (stays ? 60 : 10) * (0.7 + 0.6 * random.uniform());
      events.push(trackEvent('Order Completed', START + day * DAY, { revenue }));
    }
    return { customerId: `customer ${index}`, events };
  });
}

const histories = shop(300);
async function* streamed() {
  yield* histories;
}
function at(day: number): Date {
  return new Date(START + day * DAY);
}
function valuesOf(customer: number, day: number): Float64Array {
  const events = (histories[customer]?.events ?? []).filter(({ timestamp }) => timestamp < at(day));
  return featureValues(events.reduce(updateFeatureState, emptyFeatureState()), at(day));
}
const common = {
  histories: () => streamed(),
  window: { from: at(0), to: at(400) },
  seed: 1,
  version: 'v1',
  trainedAt: at(400),
  recipe: SMALL,
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-lifetime-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('trainValue', { timeout: 120_000 }, () => {
  let training: ValueTraining;
  beforeAll(async () => {
    training = await trainValue({ ...common, horizonDays: 90 });
    await training.model.save(join(folder, 'value'));
  }, 120_000);

  it('knows who is worth much, on the whole as much as they spend, beside its baselines', () => {
    expect(training.amounts.correlation.value).toBeGreaterThan(0.8);
    expect(Math.abs(Math.log(training.amounts.totalRatio.value))).toBeLessThan(0.3);
    expect(training.amountBaselines.mean?.rmse.value).toBeGreaterThan(training.amounts.rmse.value);
    expect(Object.keys(training.amountBaselines).sort()).toEqual(['bgNbd', 'lastYear', 'mean', 'paretoNbd']);
    expect(training.metrics.auc.value).toBeGreaterThan(0.9);
    expect(training.yearFactor).toBeGreaterThan(1.5);
  });

  it('serves a year’s value from its folder, with reasons', async () => {
    const model = await loadCustomerValueModel(join(folder, 'value'));
    const good = model.score(valuesOf(0, 200));
    const poor = model.score(valuesOf(1, 200));
    expect(good.expected).toBeGreaterThan(5 * poor.expected);
    expect(good.probability).toBeGreaterThan(poor.probability);
    expect(good.reasons.length).toBeGreaterThan(0);
  });

  it('explains exactly: contributions add up to the distance from the average', () => {
    const { model } = training;
    const log = (outputs: Float64Array) => Math.log(lognormalMoments(outputs, 0).expected);
    const explainer = new LeaveOneOut(model.manifest, model.scorer, log);
    for (const customer of [0, 1, 17]) {
      const { base, number, contributions } = explainer.explain(customerRow(valuesOf(customer, 200)));
      const sum = [...contributions.values()].reduce((total, value) => total + value, 0);
      expect(sum).toBeCloseTo(number - base, 9);
    }
  });

  it('says how long a history it needs', async () => {
    const short = trainValue({ ...common, horizonDays: 300 });
    await expect(short).rejects.toThrow(/span 400 days: too few to look 300 days ahead/);
  });
});

describe('trainSurvival', { timeout: 120_000 }, () => {
  let training: SurvivalTraining;
  beforeAll(async () => {
    training = await trainSurvival({ ...common, silenceDays: 60 });
    await training.model.save(join(folder, 'survival'));
  }, 120_000);

  it('tells who leaves first, using those still there, and beats the common curve', () => {
    expect(training.concordance).toBeGreaterThan(0.8);
    expect(training.counts.censored).toBeGreaterThan(0.2);
    expect(training.metrics.logLoss.value).toBeLessThan(training.baselines.kaplanMeier.logLoss.value);
    expect(training.curve[0]?.week).toBe(1);
  });

  it('serves a rising probability of having left, higher for those who fell silent', async () => {
    const model = await loadLeavingModel(join(folder, 'survival'));
    const [stays, leaves] = [model.leftBy(valuesOf(0, 200)), model.leftBy(valuesOf(1, 200))];
    expect(stays).toHaveLength(52);
    expect(leaves[12]).toBeGreaterThan((stays[12] ?? 1) + 0.3);
    expect([...stays].every((value, week) => week === 0 || value >= (stays[week - 1] ?? 0))).toBe(true);
  });
});
