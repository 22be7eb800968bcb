import { judgePromotion, readManifest } from '@segue/models';
import { publishPointer, publishVersion } from '../model-store/published-models.js';
import { type ModelName, modelFolder, readChampion, writeChampion } from '../scoring/champions.js';
import type { TrainStoreInput } from './train-from-store.js';
import { type WrittenModel, writeTrained } from './write-trained.js';

export type Trained = Omit<WrittenModel, 'folder'> & { readonly name: ModelName };

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
  await writeTrained({ ...trained, folder });
  if (args.out !== undefined || store === null) return folder;
  const at = new Date(around.now());
  await publishVersion(store.connection, { modelsFolder, name, version }, at);
  if (!from.promote) return folder;
  const before = await readChampion(modelsFolder, name);
  const champion = before === null ? null : await readManifest(modelFolder(modelsFolder, name, before));
  const verdict = judgePromotion(manifest, champion);
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
