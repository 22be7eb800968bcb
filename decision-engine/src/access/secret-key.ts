import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const NAME = 'secret.key';

/** The key of {@link Vault}: of the settings, else of a file beside the data that the first start makes, for the owner alone. */
export async function readSecretKey(given: Buffer | null, dataFolder: string): Promise<Buffer> {
  if (given !== null) return given;
  const file = path.join(dataFolder, NAME);
  const known = await read(file);
  if (known !== null) return known;
  await mkdir(dataFolder, { recursive: true });
  // Whole under another name first: who comes at the same time, or after a crash, never finds half a key.
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    const key = `${randomBytes(32).toString('base64')}\n`;
    await writeFile(draft, key, { mode: 0o600, flag: 'wx', flush: true });
    await link(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const made = await read(file);
  if (made === null) throw new Error(`Expected ${file} to hold a key, got nothing`);
  return made;
}

async function read(file: string): Promise<Buffer | null> {
  try {
    return Buffer.from(await readFile(file, 'utf8'), 'base64');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
