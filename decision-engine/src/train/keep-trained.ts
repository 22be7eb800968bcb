import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type DriftReference,
  judgePromotion,
  type Manifest,
  type ModelReport,
  readArtifact,
  saveReport,
} from '@segue/models';
import { DRIFT_REFERENCE } from '../drift/model-drift.js';
import { publishPointer, publishVersion } from '../model-store/published-models.js';
import { type ModelName, modelFolder, readChampion, writeChampion } from '../scoring/champions.js';
import type { TrainStoreInput } from './train-from-store.js';

export type KeepableModel = {
  readonly manifest: Manifest;
  save(folder: string): Promise<void>;
};

export type Trained = {
  readonly name: ModelName;
  readonly model: KeepableModel;
  readonly report: ModelReport;
  /** What drift is measured from later. */
  readonly reference: DriftReference;
};

/**
 * Keeps a model trained from the store: in its folder, with its report, and in the store for every engine process; and
 * puts it in force unless told otherwise or worse than the one before. With `--out` it is only written there.
 * @returns the folder
 */
export async function keepTrained(trained: Trained, input: TrainStoreInput): Promise<string> {
  const { args, from, modelsFolder, store, around } = input;
  const { name, model } = trained;
  const { manifest } = model;
  const { version } = manifest;
  const folder = args.out ?? modelFolder(modelsFolder, name, version);
  await model.save(folder);
  await saveReport(trained.report, folder);
  await writeFile(path.join(folder, DRIFT_REFERENCE), `${JSON.stringify(trained.reference)}\n`);
  if (args.out !== undefined || store === null) return folder;
  const at = new Date(around.now());
  await publishVersion(store.connection, { modelsFolder, name, version }, at);
  if (!from.promote) return folder;
  const before = await readChampion(modelsFolder, name);
  const champion = before === null ? null : await readArtifact(modelFolder(modelsFolder, name, before));
  const verdict = judgePromotion(manifest, champion?.manifest ?? null);
  if (!verdict.promote) {
    around.say(
      `not put in force: ${verdict.reason}. npm run promote -- --model ${name} --force does it all the same.`,
    );
    return folder;
  }
  const pointer = await writeChampion(modelsFolder, { name, version }, at);
  await publishPointer(store.connection, name, pointer);
  around.say(`${name} model ${version} is in force: ${verdict.reason}`);
  return folder;
}
