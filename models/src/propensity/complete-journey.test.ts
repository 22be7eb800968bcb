import { describe, expect, it } from 'vitest';
import { COMPLETE_JOURNEY_FOLDER, completeJourney } from '../testing/complete-journey.js';
import { trainPropensity } from './train-propensity.js';

describe.skipIf(COMPLETE_JOURNEY_FOLDER === undefined)(
  'on Complete Journey (skipped where ../shared/data is missing)',
  () => {
    it('tells who redeems a coupon of a campaign, trained on campaigns before August', {
      timeout: 600_000,
    }, async () => {
      const { histories, actions } = await completeJourney(COMPLETE_JOURNEY_FOLDER ?? '');
      const { metrics, baselines, counts } = await trainPropensity({
        histories: async function* () {
          yield* histories;
        },
        actions,
        // A campaign's coupons are redeemed until it ends, and the reference counts every redemption on record.
        windowDays: 400,
        settleDays: 0,
        gapDays: 0,
        testFrom: new Date('2017-08-01'),
        seed: 0,
        version: 'test',
        trainedAt: new Date(0),
        recipe: { members: 2, hidden: 16, maxEpochs: 6 },
        bags: 1,
      });
      expect(counts).toMatchObject({ trainRows: 2850, testRows: 3739, testYes: 513 });
      expect(metrics.auc.value).toBeGreaterThan(0.785);
      expect(metrics.logLoss.value).toBeLessThan(0.35);
      expect(metrics.logLoss.value).toBeLessThan(baselines.baseRate.logLoss.value - 0.05);
    });
  },
);
