import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayersArtifact } from '../networks/layers-model.js';
import { type Manifest, manifestSchema } from './manifest.js';

/** A model as it is stored: `manifest.json` beside a TensorFlow.js model (`model.json`, `weights.bin`). */
export interface ModelArtifact extends LayersArtifact {
  readonly manifest: Manifest;
}

/**
 * Writes an artifact into a folder (made when missing). The manifest comes last, by renaming, so that a folder with a
 * manifest is complete.
 */
export async function saveArtifact(artifact: ModelArtifact, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'weights.bin'), artifact.weights);
  await writeFile(join(folder, 'model.json'), JSON.stringify(artifact.modelJson));
  const draft = join(folder, 'manifest.json.part');
  await writeFile(draft, `${JSON.stringify(artifact.manifest, undefined, 2)}\n`);
  await rename(draft, join(folder, 'manifest.json'));
}

/**
 * Reads an artifact from a folder.
 *
 * @throws Error that names the file when one is missing, or is not what Segue wrote
 */
export async function readArtifact(folder: string): Promise<ModelArtifact> {
  const manifest = await readManifest(folder);
  const modelJson = (await readJson(join(folder, 'model.json'))) as LayersArtifact['modelJson'];
  const weights = new Uint8Array(await readFile(join(folder, 'weights.bin')));
  return { manifest, modelJson, weights };
}

/**
 * Reads what an artifact is, without its weights.
 *
 * @throws Error that names the file when it is missing, or is not what Segue wrote
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const manifestPath = join(folder, 'manifest.json');
  const parsed = manifestSchema.safeParse(await readJson(manifestPath));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(
    `${manifestPath} is not a manifest of this version of Segue: ${issue?.path.join('.')}: ${issue?.message}`,
  );
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`There is no ${path}. Train a model into this folder first.`);
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(
      `${path} is not valid JSON: the file is damaged. Train again, or roll back to another version.`,
    );
  }
}
