import { readdir } from 'node:fs/promises';
import path from 'node:path';
import {
  judgePromotion,
  latestChurnDates,
  readManifest,
  survivalReport,
  trainChurn,
  trainPropensity,
  trainSurvival,
  trainValue,
  valueReport,
} from '@segue/models';
import { loadRules } from '../catalogue-store/catalogue-revisions.js';
import { readHistories } from '../events/read-histories.js';
import { type ModelName, modelFolder, writeChampion } from '../scoring/champions.js';
import type { Store } from '../store/store.js';
import { propensitySplit } from '../train/propensity-split.js';
import { reportOfTest } from '../train/report-of-test.js';
import { eventsWindow } from '../train/train-events.js';
import { type WrittenModel, writeTrained } from '../train/write-trained.js';

export const FIRST_MODELS: readonly ModelName[] = ['churn', 'propensity', 'survival', 'value'];

const SEED = 0;
const HORIZON_DAYS = 90;
/** A first start must not keep people waiting; a later `npm run train` may take longer. */
const BUDGET_SECONDS: Readonly<Record<ModelName, number>> = {
  churn: 40,
  propensity: 40,
  survival: 25,
  value: 40,
};

/** What a reader of the report is told. */
const FIRST = ['trained in a hurry at the first start: npm run retrain trains it anew, with more time'];

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

export type FirstModelsOptions = {
  readonly store: Store;
  readonly modelsFolder: string;
  readonly now: Date;
  /** @param done 0 to 1 */
  readonly onProgress: (model: ModelName, done: number) => void;
};

/** Why a model could not be trained, in words; null when it was. */
export type FirstModelResult = { readonly model: ModelName; readonly problem: string | null };

/** Whether there is a version, in force or refused by the gate: what was refused once isn't trained at every start. */
export async function wasTrained(modelsFolder: string, model: ModelName): Promise<boolean> {
  const entries = await readdir(path.join(modelsFolder, model), { withFileTypes: true }).catch(() => []);
  return entries.some((entry) => entry.isDirectory());
}

/** Trains the models that are not there yet, on the events in the store, and puts them in force. */
export async function trainFirstModels(options: FirstModelsOptions): Promise<FirstModelResult[]> {
  const results: FirstModelResult[] = [];
  for (const model of FIRST_MODELS) {
    if (await wasTrained(options.modelsFolder, model)) continue;
    // Too little data is no fault of the start: decisions go on with the catalogue's starting propensities.
    const problem = await trainOne(model, options).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    results.push({ model, problem });
  }
  return results;
}

async function trainOne(
  model: ModelName,
  { store, modelsFolder, now, onProgress }: FirstModelsOptions,
): Promise<void> {
  const version = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const common = {
    histories: () => readHistories(store),
    seed: SEED,
    version,
    trainedAt: now,
    budgetSeconds: BUDGET_SECONDS[model],
    onProgress: ({ done }: { readonly done: number }) => onProgress(model, done),
  };
  const folder = modelFolder(modelsFolder, model, version);
  const keep = (trained: Omit<WrittenModel, 'folder'>) => writeTrained({ ...trained, folder });
  switch (model) {
    case 'churn': {
      const dates = latestChurnDates(now, HORIZON_DAYS);
      const training = await trainChurn({ ...common, ...dates, horizonDays: HORIZON_DAYS });
      const { classifier } = training;
      const split = `trained as of ${day(dates.asOf)}, tested as of ${day(dates.testAsOf)}`;
      const report = reportOfTest({ ...training, model: classifier, split, warnings: FIRST });
      await keep({ model: classifier, report, tested: training.tested });
      break;
    }
    case 'propensity': {
      const actions = (await loadRules(store))?.catalogue.actions ?? [];
      const training = await trainPropensity({ ...common, actions });
      const { classifier } = training;
      const split = propensitySplit(training.testFrom);
      const report = reportOfTest({ ...training, model: classifier, split, warnings: FIRST });
      await keep({ model: classifier, report, tested: training.tested });
      break;
    }
    case 'survival': {
      const window = await eventsWindow(store);
      const training = await trainSurvival({ ...common, window, silenceDays: HORIZON_DAYS });
      const split = `tested on other customers: gone within ${training.testWeeks} weeks, where that is known`;
      const report = survivalReport(training, { split, warnings: FIRST });
      await keep({ model: training.model, report, tested: training.tested });
      break;
    }
    case 'value': {
      const training = await trainValue({ ...common, window: await eventsWindow(store) });
      const split = `spends anything in the ${Math.round(training.horizonDays)} days from ${day(training.testedAsOf)}`;
      const report = valueReport(training, { split, warnings: FIRST });
      await keep({ model: training.model, report, tested: training.tested });
      break;
    }
  }
  const verdict = judgePromotion(await readManifest(folder), null);
  if (!verdict.promote) throw new Error(`${verdict.reason}; it is kept and not put in force`);
  await writeChampion(modelsFolder, { name: model, version }, now);
}
