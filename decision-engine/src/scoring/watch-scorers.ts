import {
  loadChurnModel,
  loadCustomerValueModel,
  loadLeavingModel,
  loadPropensityModel,
  type PropensityModel,
} from '@segue/models';
import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import { publishedPointers } from '../model-store/published-models.js';
import { syncChampion } from '../model-store/sync-champion.js';
import { type ChampionPointer, MODEL_NAMES, type ModelName, modelFolder, readPointer } from './champions.js';
import { NO_SCORERS, type Scorers } from './scorers.js';

/** A promoted model serves within a second; two looks fit in. */
const LOOK_EVERY_MS = 400;

export type ScorerWatch = {
  readonly current: () => Scorers;
  /** The propensity model in force, which learns; null where there is none. */
  readonly learner: () => PropensityModel | null;
  close(): void;
};

export type WatchScorersOptions = {
  readonly folder: string;
  readonly log: Logger;
  /** Where champions are shared with other engine processes; absent = this folder alone. */
  readonly connection?: Connection | undefined;
  /** Runs before a propensity model serves: puts back what was learned with it. */
  readonly beforeServing?: ((model: PropensityModel) => Promise<void>) | undefined;
};

/**
 * Loads the champions and loads them again when another version is promoted, here or on another machine, without a
 * restart. A model that can't be loaded is reported once and the one before it goes on.
 */
export async function watchScorers(options: WatchScorersOptions): Promise<ScorerWatch> {
  const { folder, log, connection } = options;
  let scorers: Scorers = NO_SCORERS;
  let learner: PropensityModel | null = null;
  const seen = new Map<ModelName, string>();

  const load = async (name: ModelName, { version, shadow }: ChampionPointer): Promise<void> => {
    const where = modelFolder(folder, name, version);
    const beside = shadow === null ? null : modelFolder(folder, name, shadow);
    switch (name) {
      case 'churn': {
        const challenger = beside === null ? null : await loadChurnModel(beside);
        scorers = {
          ...scorers,
          churn: await loadChurnModel(where),
          shadow: { ...scorers.shadow, churn: challenger },
        };
        break;
      }
      case 'propensity': {
        const challenger = beside === null ? null : await loadPropensityModel(beside);
        const model = learner?.version === version ? learner : await loadPropensityModel(where);
        if (model !== learner) await options.beforeServing?.(model);
        learner = model;
        scorers = { ...scorers, propensity: model, shadow: { ...scorers.shadow, propensity: challenger } };
        break;
      }
      case 'survival':
        scorers = { ...scorers, leaving: await loadLeavingModel(where) };
        break;
      case 'value':
        scorers = { ...scorers, value: await loadCustomerValueModel(where) };
        break;
    }
  };

  const refresh = async (name: ModelName, stored: ChampionPointer | null): Promise<void> => {
    const pointer =
      connection === undefined
        ? await readPointer(folder, name)
        : await syncChampion(connection, { modelsFolder: folder, name }, stored);
    if (pointer === null) return;
    const { version, shadow } = pointer;
    const wanted = `${version} ${shadow ?? ''}`;
    if (seen.get(name) === wanted) return;
    seen.set(name, wanted);
    await load(name, pointer);
    log.info({ model: name, version, shadow }, 'model in force');
  };
  const refreshAll = async (): Promise<void> => {
    const stored = connection === undefined ? null : await publishedPointers(connection);
    for (const name of MODEL_NAMES) {
      await refresh(name, stored?.get(name) ?? null).catch((error: unknown) =>
        log.error({ err: error, model: name }, 'model could not be loaded'),
      );
    }
  };

  await refreshAll();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    void refreshAll()
      .catch((error: unknown) => log.warn({ err: error }, 'could not look for promoted models; trying again'))
      .finally(() => {
        busy = false;
      });
  }, LOOK_EVERY_MS);
  return {
    current: () => scorers,
    learner: () => learner,
    close: () => clearInterval(timer),
  };
}
