import { describe, expect, it } from 'vitest';
import { auc } from '../evaluation/ranking-metrics.js';
import { CDNOW_SAMPLE_FILE, cdnowHistories } from '../testing/cdnow.js';
import { expectedPurchases, fitBgNbd, probabilityAlive } from './bg-nbd.js';
import { correlation } from './correlation.js';
import { expectedValue, fitGammaGamma } from './gamma-gamma.js';
import { fitParetoNbd, probabilityStillBuying, purchasesAhead } from './pareto-nbd.js';
import { type PurchaseSummary, summarisePurchases } from './purchase-summary.js';

const CDNOW = { r: 0.243, alpha: 4.414 * 7, a: 0.793, b: 2.426 };

/** As published by Fader and Hardie for the same sample. */
const PARETO = { r: 0.553, alpha: 10.578 * 7, s: 0.606, beta: 11.669 * 7 };

describe('purchasesAhead', () => {
  it('expects less of one who has been silent for longer than their rhythm, and of one who never came back with time', () => {
    const lately = { repeats: 10, recency: 190, age: 200 };
    const silent = { ...lately, recency: 60 };
    expect(purchasesAhead(PARETO, silent, 90)).toBeLessThan(purchasesAhead(PARETO, lately, 90) / 5);
    const once = [10, 50, 250].map((age) => probabilityStillBuying(PARETO, { repeats: 0, recency: 0, age }));
    expect(once[0]).toBeGreaterThan(once[1] ?? 1);
    expect(once[1]).toBeGreaterThan(once[2] ?? 1);
  });

  it('agrees with a fine sum over the moments of stopping, for frequent buyers too', () => {
    const { r, alpha, s, beta } = PARETO;
    for (const customer of [
      { repeats: 0, recency: 0, age: 273 },
      { repeats: 4, recency: 90, age: 200 },
      { repeats: 300, recency: 600, age: 640 },
    ]) {
      const { repeats, recency, age } = customer;
      const density = (at: number) => -(r + repeats) * Math.log(alpha + at) - (s + 1) * Math.log(beta + at);
      const steps = 200_000;
      const width = (age - recency) / steps;
      let sum = 0;
      for (let i = 0; i < steps; i += 1)
        sum += Math.exp(density(recency + (i + 0.5) * width) - density(recency));
      const still = -(r + repeats) * Math.log(alpha + age) - s * Math.log(beta + age) - density(recency);
      const alive = 1 / (1 + (s * sum * width) / Math.exp(still));
      expect(probabilityStillBuying(PARETO, customer) / alive).toBeCloseTo(1, 6);
    }
  });

  it('needs no limit where the rate of stopping is one', () => {
    const customer = { repeats: 3, recency: 60, age: 90 };
    const near = purchasesAhead({ ...PARETO, s: 1 + 1e-6 }, customer, 365);
    expect(purchasesAhead({ ...PARETO, s: 1 }, customer, 365) / near).toBeCloseTo(1, 5);
  });
});

describe('expectedPurchases', () => {
  it("gives the paper's example: 2 repeats, the last in week 30.43 of 38.86, and 39 weeks ahead", () => {
    const customer = { repeats: 2, recency: 30.43 * 7, age: 38.86 * 7, repeatValue: 0 };
    expect(expectedPurchases(CDNOW, customer, 39 * 7)).toBeCloseTo(1.226, 3);
  });

  it('expects less of one who has been silent for longer than their rhythm', () => {
    const lately = { repeats: 10, recency: 190, age: 200, repeatValue: 0 };
    const silent = { ...lately, recency: 60 };
    expect(expectedPurchases(CDNOW, silent, 90)).toBeLessThan(expectedPurchases(CDNOW, lately, 90) / 5);
    expect(probabilityAlive(CDNOW, silent)).toBeLessThan(0.2);
    expect(probabilityAlive(CDNOW, { ...lately, repeats: 0, recency: 0 })).toBe(1);
  });
});

describe('fitBgNbd', () => {
  it('says so where nobody came back', () => {
    expect(() => fitBgNbd([{ repeats: 0, recency: 0, age: 30 }])).toThrow('nothing to learn about returning');
  });
});

describe('fitGammaGamma', () => {
  it('says so where nobody came back', () => {
    expect(() => fitGammaGamma([{ repeats: 0, repeatValue: 0 }])).toThrow('got 0');
  });
});

describe.skipIf(CDNOW_SAMPLE_FILE === undefined)(
  'on the CDNOW sample (skipped where ../shared/data is missing)',
  { timeout: 60_000 },
  () => {
    const histories = CDNOW_SAMPLE_FILE === undefined ? [] : cdnowHistories(CDNOW_SAMPLE_FILE);
    const until = new Date('1997-10-01');
    const summaries = histories.map((history) => summarisePurchases(history, until));
    const customers = summaries.filter((summary): summary is PurchaseSummary => summary !== undefined);
    const held = histories.map((history, index) => {
      const all = summarisePurchases(history, new Date('1998-07-01'))?.repeats ?? 0;
      return all - (summaries[index]?.repeats ?? 0);
    });
    const cameBack = held.map((count) => (count > 0 ? 1 : 0));

    it('gives the published parameters within 1 %', () => {
      expect(customers).toHaveLength(2357);
      const model = fitBgNbd(customers);
      expect(model.r / CDNOW.r).toBeCloseTo(1, 2);
      expect(model.alpha / CDNOW.alpha).toBeCloseTo(1, 2);
      expect(model.a / CDNOW.a).toBeCloseTo(1, 2);
      expect(model.b / CDNOW.b).toBeCloseTo(1, 2);
      const expected = customers.map((customer) => expectedPurchases(model, customer, 273));
      expect(correlation(expected, held)).toBeGreaterThan(0.62);
      expect(auc(cameBack, expected)).toBeGreaterThan(0.77);
    });

    it('gives the published Pareto/NBD parameters within 1 %, and orders customers better by them', () => {
      const model = fitParetoNbd(customers);
      expect(model.r / PARETO.r).toBeCloseTo(1, 2);
      expect(model.alpha / PARETO.alpha).toBeCloseTo(1, 2);
      expect(model.s / PARETO.s).toBeCloseTo(1, 2);
      expect(model.beta / PARETO.beta).toBeCloseTo(1, 2);
      const expected = customers.map((customer) => purchasesAhead(model, customer, 273));
      expect(correlation(expected, held)).toBeGreaterThan(0.63);
      expect(auc(cameBack, expected)).toBeGreaterThan(0.775);
    });

    it('gives the published Gamma-Gamma parameters within 1 % and pulls young customers to the mean', () => {
      const model = fitGammaGamma(customers);
      expect(model.customers).toBe(946);
      expect(model.p / 6.25).toBeCloseTo(1, 2);
      expect(model.q / 3.74).toBeCloseTo(1, 2);
      expect(model.v / 15.44).toBeCloseTo(1, 2);
      const everyone = (model.p * model.v) / (model.q - 1);
      expect(expectedValue(model, { repeats: 0, repeatValue: 0 })).toBeCloseTo(everyone, 6);
      expect(expectedValue(model, { repeats: 1, repeatValue: 200 })).toBeLessThan(200);
    });
  },
);
