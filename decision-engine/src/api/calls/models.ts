import { keepDrift } from '../../drift/drift-note.js';
import { modelDrift } from '../../drift/model-drift.js';
import {
  type ChampionChange,
  promoteVersion,
  rollBackModel,
  setShadow,
} from '../../model-desk/change-champion.js';
import { shadowScored } from '../../model-desk/shadow-scores.js';
import { driftView, modelPlaceOf, viewModels, viewVersionInFull } from '../../model-desk/view-models.js';
import { type ModelName, readPointer } from '../../scoring/champions.js';
import { ApiError } from '../api-error.js';
import type { Call } from '../call.js';
import type {
  ChampionAnswer,
  ModelDriftView,
  ModelQuery,
  ModelVersionQuery,
  ModelView,
  PromoteRequest,
  ShadowRequest,
  ShadowScoresView,
  VersionDetail,
} from '../shapes/model.js';

export async function getModels({ engine }: Call): Promise<{ items: ModelView[] }> {
  return { items: await viewModels(engine) };
}

/** @throws ApiError `unknown_version` */
export async function getModelVersion(
  { engine }: Call,
  { model, version }: ModelVersionQuery,
): Promise<VersionDetail> {
  const found = await viewVersionInFull(engine, { name: model, version });
  if (found === null) throw unknownVersion(model, version);
  return found;
}

/** @throws ApiError `unknown_version`, `promotion_refused` */
export async function promoteModel(
  { engine }: Call,
  { model, version, force }: PromoteRequest,
): Promise<ChampionAnswer> {
  const place = modelPlaceOf(engine);
  const change = await promoteVersion(place, { name: model, version, force }, engine.clock());
  return answered(engine, { model, version }, change);
}

/** @throws ApiError `no_earlier_version`, `unknown_version` */
export async function rollBackChampion({ engine }: Call, { model }: ModelQuery): Promise<ChampionAnswer> {
  const change = await rollBackModel(modelPlaceOf(engine), model, engine.clock());
  return answered(engine, { model, version: '' }, change);
}

/** @throws ApiError `no_earlier_version`, `unknown_version` */
export async function shadowModel(
  { engine }: Call,
  { model, version }: ShadowRequest,
): Promise<ChampionAnswer> {
  const change = await setShadow(modelPlaceOf(engine), { name: model, version }, engine.clock());
  return answered(engine, { model, version: version ?? '' }, change);
}

async function answered(
  engine: Call['engine'],
  { model, version }: { readonly model: ModelName; readonly version: string },
  change: ChampionChange,
): Promise<ChampionAnswer> {
  switch (change.kind) {
    case 'changed': {
      engine.log.info({ model, ...change }, 'model changed by hand');
      const { version: inForce, before, reason } = change;
      return { model, inForce, before, changed: true, reason };
    }
    case 'unchanged': {
      const pointer = await readPointer(engine.modelsFolder, model);
      return {
        model,
        inForce: pointer?.version ?? version,
        before: pointer?.before.at(-1) ?? null,
        changed: false,
        reason: 'it was so already',
      };
    }
    case 'unknown-version':
      throw unknownVersion(model, version);
    case 'refused':
      throw new ApiError('promotion_refused', `The gate refuses it: ${change.reason}`);
    case 'nothing-before':
      throw new ApiError('no_earlier_version', `No ${model} model was in force before this one`);
  }
}

function unknownVersion(model: ModelName, version: string): ApiError {
  return new ApiError('unknown_version', `There is no ${model} model "${version}"`);
}

/** Measures now, and keeps what was measured. */
export async function measureModelDrift(
  { engine }: Call,
  { model }: ModelQuery,
): Promise<{ model: ModelName; drift: ModelDriftView }> {
  const { store, modelsFolder } = engine;
  const now = engine.clock();
  const drift = await modelDrift({ store, modelsFolder, model, now });
  await keepDrift(store, drift, now);
  return { model, drift: driftView(drift) };
}

export async function getShadowScores(
  { engine }: Call,
  { model }: { readonly model: 'churn' | 'propensity' },
): Promise<ShadowScoresView> {
  const { pairs, difference, answered: known, ...rest } = await shadowScored(engine, model);
  return {
    ...rest,
    difference: { ...difference },
    answered: known,
    pairs: pairs.map((pair) => ({ ...pair })),
  };
}
