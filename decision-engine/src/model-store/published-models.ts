import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Connection } from 'mongoose';
import { type ChampionPointer, type ModelName, modelFolder } from '../scoring/champions.js';
import { modelCollections } from './model-documents.js';

/** What a version consists of; anything else in its folder stays on this machine. */
const FILES = new Set([
  'manifest.json',
  'model.json',
  'weights.bin',
  'report.json',
  'MODEL-CARD.md',
  'drift-reference.json',
]);

type Version = { readonly name: ModelName; readonly version: string };

/** Copies a version from its folder into the store; twice changes nothing. */
export async function publishVersion(
  connection: Connection,
  { modelsFolder, name, version }: Version & { readonly modelsFolder: string },
  at: Date,
): Promise<void> {
  const { versions } = modelCollections(connection);
  const id = `${name}/${version}`;
  if ((await versions.exists({ _id: id })) !== null) return;
  const folder = modelFolder(modelsFolder, name, version);
  const names = (await readdir(folder)).filter((file) => FILES.has(file)).sort();
  const files = await Promise.all(
    names.map(async (file) => ({ name: file, bytes: await readFile(path.join(folder, file)) })),
  );
  await versions.updateOne(
    { _id: id },
    { $setOnInsert: { schemaVersion: 1, name, version, files, at } },
    { upsert: true },
  );
}

/**
 * Makes sure a version is in its folder, from the store where it isn't. Complete or not at all.
 * @throws Error where neither has it
 */
export async function fetchVersion(
  connection: Connection,
  { modelsFolder, name, version }: Version & { readonly modelsFolder: string },
): Promise<string> {
  const folder = modelFolder(modelsFolder, name, version);
  const isThere = await access(path.join(folder, 'manifest.json')).then(
    () => true,
    () => false,
  );
  if (isThere) return folder;
  const stored = await modelCollections(connection).versions.findById(`${name}/${version}`).lean();
  if (stored === null) {
    throw new Error(
      `The ${name} model ${version} is in force, but neither ${folder} nor the store holds it. Train again, or promote another version.`,
    );
  }
  const draft = `${folder}.${process.pid}.part`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  for (const { name: file, bytes } of stored.files) {
    if (FILES.has(file)) await writeFile(path.join(draft, file), bytesOf(bytes));
  }
  // Another process may have been quicker.
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
  return folder;
}

/** Drivers hand out binary either as a buffer or wrapped. */
function bytesOf(bytes: Buffer | { readonly buffer: Uint8Array }): Uint8Array {
  return Buffer.isBuffer(bytes) ? bytes : new Uint8Array(bytes.buffer);
}

/** Puts a pointer into the store, unless a later one is there. */
export async function publishPointer(
  connection: Connection,
  name: ModelName,
  { version, before, shadow, at }: ChampionPointer,
): Promise<void> {
  const { champions } = modelCollections(connection);
  const set = { schemaVersion: 1, version, before: [...before], shadow, at };
  const updated = await champions.updateOne({ _id: name, at: { $lt: at } }, { $set: set });
  if (updated.matchedCount > 0) return;
  await champions.updateOne({ _id: name }, { $setOnInsert: set }, { upsert: true });
}

/** All pointers in the store. */
export async function publishedPointers(connection: Connection): Promise<Map<ModelName, ChampionPointer>> {
  const documents = await modelCollections(connection).champions.find().lean();
  return new Map(
    documents.map(({ _id, version, before, shadow, at }) => [_id, { version, before, shadow, at }]),
  );
}
