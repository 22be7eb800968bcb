import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Manifest, type ModelReport, readManifest, readReport } from '@segue/models';
import type {
  ModelDriftView,
  ModelView,
  VersionDetail,
  VersionFigures,
  VersionView,
} from '../api/shapes/model.js';
import { latestDrift } from '../drift/drift-note.js';
import type { ModelDrift } from '../drift/model-drift.js';
import type { Engine } from '../engine/engine.js';
import { judgeVersion } from '../model-store/change-pointer.js';
import { type ChampionPointer, MODEL_NAMES, type ModelName, modelFolder } from '../scoring/champions.js';
import { type ModelPlace, standingOf } from './model-place.js';

export function modelPlaceOf({ store, modelsFolder }: Engine): ModelPlace {
  return { connection: store.connection, modelsFolder };
}

/** Every model: what serves, what could, and how far customers have moved since. */
export async function viewModels(engine: Engine): Promise<ModelView[]> {
  const drifts = new Map((await latestDrift(engine.store)).map((drift) => [drift.model, drift]));
  return Promise.all(MODEL_NAMES.map((name) => viewModel(engine, name, drifts.get(name) ?? null)));
}

async function viewModel(engine: Engine, name: ModelName, drift: ModelDrift | null): Promise<ModelView> {
  const { pointer, versions } = await standingOf(modelPlaceOf(engine), name);
  return {
    model: name,
    inForce: pointer?.version ?? null,
    inForceSince: pointer === null || pointer.at.getTime() === 0 ? null : pointer.at.toISOString(),
    serving: servingVersion(engine, name),
    before: pointer?.before.at(-1) ?? null,
    shadow: pointer?.shadow ?? null,
    versions: await Promise.all(
      versions.map((version) => viewVersion(engine.modelsFolder, { name, version }, pointer)),
    ),
    drift: drift === null ? null : driftView(drift),
  };
}

/** The version that scores right now in this process; a promotion takes up to a second to get here. */
function servingVersion(engine: Engine, name: ModelName): string | null {
  const { churn, propensity, leaving, value } = engine.scorers();
  const scorer = { churn, propensity, survival: leaving, value }[name];
  return scorer?.version ?? null;
}

export function driftView(drift: ModelDrift): ModelDriftView {
  if (!drift.known) return { known: false, why: drift.why };
  const { version, measuredAt } = drift;
  const { level, rows, score, features, calibration, reasons } = drift.drift;
  return {
    known: true,
    version,
    measuredAt,
    level,
    rows,
    score: { ...score },
    features: features.map((each) => ({ ...each })),
    calibration: calibration.map((each) => ({ ...each })),
    reasons: [...reasons],
  };
}

type Version = { readonly name: ModelName; readonly version: string };

function standing(version: string, pointer: ChampionPointer | null): VersionView['standing'] {
  if (version === pointer?.version) return 'champion';
  if (version === pointer?.shadow) return 'shadow';
  return pointer?.before.includes(version) === true ? 'former' : 'challenger';
}

async function viewVersion(
  modelsFolder: string,
  { name, version }: Version,
  pointer: ChampionPointer | null,
): Promise<VersionView> {
  const stands = { version, standing: standing(version, pointer) };
  try {
    const folder = modelFolder(modelsFolder, name, version);
    const manifest = await readManifest(folder);
    const report = await reportIn(folder);
    return { ...stands, figures: figuresOf(manifest, report), problem: null };
  } catch (error) {
    return { ...stands, figures: null, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Null where it was trained without one, or by another version of Segue. */
async function reportIn(folder: string): Promise<ModelReport | null> {
  const isThere = await access(path.join(folder, 'report.json')).then(
    () => true,
    () => false,
  );
  return isThere ? await readReport(folder).catch(() => null) : null;
}

function figuresOf(manifest: Manifest, report: ModelReport | null): VersionFigures {
  const { data, metrics, baselines, trainedAt } = manifest;
  return {
    trainedAt,
    trainedOn: { rows: data.rows, positives: data.positives ?? null, window: data.window ?? null },
    testedOn: report === null ? null : { n: report.n, positives: report.positives, split: report.split },
    metrics,
    baselines,
  };
}

/** One version in full, with what the gate says of putting it in force; null where there is no such version. */
export async function viewVersionInFull(engine: Engine, version: Version): Promise<VersionDetail | null> {
  const { modelsFolder } = engine;
  const { pointer, versions } = await standingOf(modelPlaceOf(engine), version.name);
  if (!versions.includes(version.version)) return null;
  const view = await viewVersion(modelsFolder, version, pointer);
  const folder = modelFolder(modelsFolder, version.name, version.version);
  const readable = view.problem === null;
  const report = readable ? await reportIn(folder) : null;
  const manifest = readable ? await readManifest(folder) : null;
  return {
    ...view,
    model: version.name,
    verdict:
      readable && view.standing !== 'champion'
        ? { ...(await judgeVersion({ modelsFolder, ...version }, pointer)) }
        : null,
    made:
      manifest === null
        ? null
        : {
            seed: manifest.seed,
            backend: manifest.backend,
            calibration: manifest.calibrator.kind,
            features: manifest.features.length,
            artifactHash: manifest.artifactHash,
            libraryVersions: manifest.libraryVersions,
          },
    report: report === null ? null : reportView(report),
    card: await readFile(path.join(folder, 'MODEL-CARD.md'), 'utf8').catch(() => null),
  };
}

const SHOWN_EFFECTS = 15;

function reportView(report: ModelReport): NonNullable<VersionDetail['report']> {
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    curve: report.curve.map(({ n, predicted, observed, low, high }) => ({
      n,
      predicted,
      observed,
      low,
      high,
    })),
    deciles: report.deciles.map(({ decile, n, positives, meanScore, lift }) => ({
      decile,
      n,
      positives,
      meanScore: known(meanScore),
      lift: known(lift),
    })),
    effects: report.effects
      .slice(0, SHOWN_EFFECTS)
      .map(({ name, importance }) => ({ name, importance: known(importance) })),
    survival: report.survival?.map((point) => ({ ...point })) ?? null,
    warnings: [...report.warnings],
  };
}
