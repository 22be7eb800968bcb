import { trainPropensity } from '@segue/models';
import { propensitySplit } from './propensity-split.js';
import { outOfTime, reportOfTest } from './report-of-test.js';
import { type TrainStoreInput, trainFromStore } from './train-from-store.js';
import type { TrainingResult } from './training-result.js';

/**
 * Trains the propensity model from the outcomes in the store, tested on the latest offers, and puts it in force unless
 * told otherwise or worse than the one before.
 */
export function trainPropensityFromStore(input: TrainStoreInput): Promise<TrainingResult> {
  return trainFromStore('propensity', input, async (options) => {
    const { classifier: model, ...training } = await trainPropensity({
      ...options,
      actions: input.events.actions,
      testFrom: input.from.testAsOf,
    });
    const split = propensitySplit(training.testFrom);
    const warnings = outOfTime(model.outOfTime);
    return {
      model,
      training,
      report: reportOfTest({ ...training, model, split, warnings }),
      split,
      warnings,
    };
  });
}
