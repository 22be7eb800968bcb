import { readdir } from 'node:fs/promises';
import path from 'node:path';
import {
  judgePromotion,
  latestChurnDates,
  readArtifact,
  trainChurn,
  trainPropensity,
  trainSurvival,
  trainValue,
} from '@segue/models';
import { loadRules } from '../catalogue-store/catalogue-revisions.js';
import { readHistories } from '../events/read-histories.js';
import { type ModelName, modelFolder, writeChampion } from '../scoring/champions.js';
import type { Store } from '../store/store.js';
import { eventsWindow } from '../train/train-events.js';

export const FIRST_MODELS: readonly ModelName[] = ['churn', 'propensity', 'survival', 'value'];

const SEED = 0;
const HORIZON_DAYS = 90;
/** A first start must not keep people waiting; a later `npm run train` may take longer. */
const BUDGET_SECONDS: Readonly<Record<ModelName, number>> = {
  churn: 40,
  propensity: 40,
  survival: 15,
  value: 15,
};

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
  switch (model) {
    case 'churn': {
      const dates = latestChurnDates(now, HORIZON_DAYS);
      const { classifier } = await trainChurn({ ...common, ...dates, horizonDays: HORIZON_DAYS });
      await classifier.save(folder);
      break;
    }
    case 'propensity': {
      const actions = (await loadRules(store))?.catalogue.actions ?? [];
      await (await trainPropensity({ ...common, actions })).classifier.save(folder);
      break;
    }
    case 'survival': {
      const window = await eventsWindow(store);
      await (await trainSurvival({ ...common, window, silenceDays: HORIZON_DAYS })).model.save(folder);
      break;
    }
    case 'value':
      await (await trainValue({ ...common, window: await eventsWindow(store) })).model.save(folder);
      break;
  }
  const verdict = judgePromotion((await readArtifact(folder)).manifest, null);
  if (!verdict.promote) throw new Error(`${verdict.reason}; it is kept and not put in force`);
  await writeChampion(modelsFolder, { name: model, version }, now);
}
