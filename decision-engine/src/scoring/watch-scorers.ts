import { loadChurnModel, loadPropensityModel } from '@segue/models';
import type { Logger } from 'pino';
import { type ModelName, modelFolder, readChampion } from './champions.js';
import type { Scorers } from './scorers.js';

/** A promoted model serves within this time. */
const LOOK_EVERY_MS = 500;

export type ScorerWatch = { readonly current: () => Scorers; close(): void };

/**
 * Loads the champions and loads them again when another version is promoted, without a restart. A model that can't be
 * loaded is reported once and the one before it goes on.
 */
export async function watchScorers({
  folder,
  log,
}: {
  readonly folder: string;
  readonly log: Logger;
}): Promise<ScorerWatch> {
  let scorers: Scorers = { churn: null, propensity: null };
  const seen: Record<ModelName, string | null> = { churn: null, propensity: null };

  const refresh = async (name: ModelName): Promise<void> => {
    const version = await readChampion(folder, name);
    if (version === null || version === seen[name]) return;
    seen[name] = version;
    const where = modelFolder(folder, name, version);
    scorers =
      name === 'churn'
        ? { ...scorers, churn: await loadChurnModel(where) }
        : { ...scorers, propensity: await loadPropensityModel(where) };
    log.info({ model: name, version }, 'model in force');
  };
  const refreshAll = async (): Promise<void> => {
    for (const name of ['churn', 'propensity'] as const) {
      await refresh(name).catch((error: unknown) =>
        log.error({ err: error, model: name }, 'model could not be loaded'),
      );
    }
  };

  await refreshAll();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    void refreshAll().finally(() => {
      busy = false;
    });
  }, LOOK_EVERY_MS);
  return { current: () => scorers, close: () => clearInterval(timer) };
}
