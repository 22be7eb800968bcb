import { survivalReport, trainSurvival, trainValue, valueReport } from '@segue/models';
import { type TrainStoreInput, trainFromStore } from './train-from-store.js';
import { amountFiguresOf, type TrainingResult } from './training-result.js';

const SILENCE_DAYS = 90;

/** Trains "gone by when" from the events in the store. */
export function trainSurvivalFromStore(input: TrainStoreInput): Promise<TrainingResult> {
  return trainFromStore('survival', input, async (options) => {
    const training = await trainSurvival({
      ...options,
      window: input.events.window,
      silenceDays: input.from.horizonDays ?? SILENCE_DAYS,
    });
    const { model, testWeeks, concordance } = training;
    const split = `tested on other customers: gone within ${testWeeks} weeks, where that is known`;
    const report = survivalReport(training, { split, warnings: [] });
    return { model, training, report, split, warnings: [], more: { concordance } };
  });
}

/** Trains what customers bring in the coming year from the events in the store. */
export function trainValueFromStore(input: TrainStoreInput): Promise<TrainingResult> {
  return trainFromStore('value', input, async (options) => {
    const { horizonDays, marginShare } = input.from;
    const training = await trainValue({ ...options, window: input.events.window, horizonDays, marginShare });
    const split = `spends anything in the ${Math.round(training.horizonDays)} days from ${training.testedAsOf.toISOString().slice(0, 10)}; a year is ${training.yearFactor.toFixed(2)} times that`;
    const warnings =
      marginShare === 1 ? ['value is counted in revenue; say --margin 0.35 where margin is 35 % of it'] : [];
    const amounts = Object.fromEntries(
      Object.entries({ network: training.amounts, ...training.amountBaselines }).map(([name, figures]) => [
        name,
        amountFiguresOf(figures),
      ]),
    );
    return {
      model: training.model,
      training,
      report: valueReport(training, { split, warnings }),
      split,
      warnings,
      more: { amounts },
    };
  });
}
