import { latestChurnDates, trainChurn, trainPropensity } from '@segue/models';
import { loadRules } from '../catalogue-store/catalogue-revisions.js';
import { readHistories } from '../events/read-histories.js';
import { type ModelName, modelFolder, readChampion, writeChampion } from '../scoring/champions.js';
import type { Store } from '../store/store.js';

export const FIRST_MODELS: readonly ModelName[] = ['churn', 'propensity'];

const SEED = 0;
const HORIZON_DAYS = 90;
/** A first start must not keep people waiting; a later `npm run train` may take longer. */
const BUDGET_SECONDS = 40;

export type FirstModelsOptions = {
  readonly store: Store;
  readonly modelsFolder: string;
  readonly now: Date;
  /** @param done 0 to 1 */
  readonly onProgress: (model: ModelName, done: number) => void;
};

/** Why a model could not be trained, in words; null when it was. */
export type FirstModelResult = { readonly model: ModelName; readonly problem: string | null };

/** Trains the models that are not there yet, on the events in the store, and puts them in force. */
export async function trainFirstModels(options: FirstModelsOptions): Promise<FirstModelResult[]> {
  const results: FirstModelResult[] = [];
  for (const model of FIRST_MODELS) {
    if ((await readChampion(options.modelsFolder, model)) !== null) continue;
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
    budgetSeconds: BUDGET_SECONDS,
    onProgress: ({ done }: { readonly done: number }) => onProgress(model, done),
  };
  const folder = modelFolder(modelsFolder, model, version);
  if (model === 'churn') {
    const dates = latestChurnDates(now, HORIZON_DAYS);
    await (await trainChurn({ ...common, ...dates, horizonDays: HORIZON_DAYS })).classifier.save(folder);
  } else {
    const actions = (await loadRules(store))?.catalogue.actions ?? [];
    await (await trainPropensity({ ...common, actions })).classifier.save(folder);
  }
  await writeChampion(modelsFolder, model, version);
}
