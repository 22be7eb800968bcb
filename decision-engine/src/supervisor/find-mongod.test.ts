import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findMongod } from './find-mongod.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-mongod-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function program(path: string, exitCode = 0): Promise<string> {
  const file = join(folder, path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, `#!/bin/sh\nexit ${exitCode}\n`);
  await chmod(file, 0o755);
  return file;
}

describe.skipIf(process.platform === 'win32')('findMongod', () => {
  test('takes the first on the path that runs', async () => {
    await program('broken/mongod', 1);
    const good = await program('good/mongod');
    const path = [join(folder, 'missing'), join(folder, 'broken'), join(folder, 'good')].join(delimiter);
    expect(await findMongod({ path, caches: [] })).toBe(good);
  });

  test('then the newest of the cache, by number and not by letter', async () => {
    await program('cache/mongod-x64-debian-7.0.9');
    const newest = await program('cache/mongod-x64-debian-7.0.14');
    await program('cache/mongod-x64-debian-8.0.0', 127);
    await program('cache/mongod-x64-debian-9.0.0.tgz');
    expect(await findMongod({ path: '', caches: [join(folder, 'cache')] })).toBe(newest);
  });

  test('finds none where there is none', async () => {
    expect(
      await findMongod({ path: join(folder, 'nowhere'), caches: [join(folder, 'no-cache')] }),
    ).toBeNull();
  });
});
