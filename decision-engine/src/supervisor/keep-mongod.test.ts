import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keepMongod } from './keep-mongod.js';
import { readRunningMongod } from './running-file.js';

const fake = fileURLToPath(new URL('./testing/fake-mongod.mjs', import.meta.url));
const limits = { startsWithin: 10_000, stopsWithin: 2_000 };

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-keep-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.skipIf(process.platform === 'win32')('keepMongod', () => {
  test('tells its address, leaves word of it in the folder, and takes that back at the end', async () => {
    const data = join(folder, 'mongod');
    const server = await keepMongod({ mongod: fake, data, ...limits });
    const uri = await server.uri;
    expect(uri).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\/segue$/);
    expect(readRunningMongod(data)).toMatchObject({ uri });
    server.stop();
    expect(await server.ended).toBeNull();
    expect(readRunningMongod(data)).toBeNull();
  });

  test('one that ends at once is told of, with the place of its log', async () => {
    const data = join(folder, 'broken');
    const server = await keepMongod({ mongod: fake, data, ...limits });
    expect(await server.ended).toBe(`mongod ended with exit code 100; see ${join(data, 'mongod.log')}`);
    expect(await server.uri).toBeNull();
    expect(await readFile(join(data, 'mongod.log'), 'utf8')).toContain('Unable to lock');
  });

  test('one that is no program is told of', async () => {
    const server = await keepMongod({ mongod: join(folder, 'none'), data: folder, ...limits });
    expect(await server.ended).toContain('could not be started');
  });

  test('word of a server whose process is gone is not believed', async () => {
    const data = join(folder, 'mongod');
    const server = await keepMongod({ mongod: fake, data, ...limits });
    await server.uri;
    const left = await readFile(join(data, 'segue-running.json'), 'utf8');
    server.stop();
    await server.ended;
    await writeFile(join(data, 'segue-running.json'), left);
    expect(readRunningMongod(data)).toBeNull();
  });
});
