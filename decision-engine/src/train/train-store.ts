import { latestChurnDates, trainChurn } from '@segue/models';
import { outOfTime, reportOfTest } from './report-of-test.js';
import { type TrainStoreInput, trainFromStore } from './train-from-store.js';
import type { TrainingResult } from './training-result.js';

/** Trains the churn model from the events in the store, and puts it in force unless told otherwise. */
export function trainChurnFromStore(input: TrainStoreInput): Promise<TrainingResult> {
  return trainFromStore('churn', input, async (options) => {
    const dates = datesOf(input);
    const { classifier: model, ...training } = await trainChurn({
      ...options,
      ...dates,
      horizonDays: input.from.horizonDays ?? 90,
    });
    const split =
      training.split === 'time'
        ? `trained as of ${day(dates.asOf)}, tested as of ${day(dates.testAsOf ?? dates.asOf)}`
        : `tested on other customers, as of ${day(dates.asOf)}`;
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

function datesOf({ from, events, around }: TrainStoreInput): { asOf: Date; testAsOf?: Date } {
  if (from.asOf !== undefined) {
    return { asOf: from.asOf, ...(from.testAsOf && { testAsOf: from.testAsOf }) };
  }
  const dates = latestChurnDates(events.window.to, from.horizonDays ?? 90);
  around.say(
    `trained as of ${day(dates.asOf)}, tested as of ${day(dates.testAsOf)}: the latest the events allow`,
  );
  return dates;
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
