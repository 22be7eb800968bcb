import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resolveDatabase, storeFolders } from './resolve-database.js';
import { removeRunningMongod, writeRunningMongod } from './running-file.js';

const testing = (name: string) => fileURLToPath(new URL(`./testing/${name}`, import.meta.url));
const scripts = { store: testing('fake-server.mjs'), keeper: testing('fake-server.mjs') };

let dataFolder: string;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'segue-resolve-'));
});
afterEach(() => rm(dataFolder, { recursive: true, force: true }));

async function pathWithMongod(): Promise<string> {
  const folder = join(dataFolder, 'bin');
  await mkdir(folder);
  await symlink(testing('fake-mongod.mjs'), join(folder, 'mongod'));
  return `${folder}:${join(process.execPath, '..')}`;
}

const request = (more: object = {}) => ({
  mongodbUri: null,
  dataFolder,
  env: { PATH: '', HOME: dataFolder },
  join: false,
  scripts,
  ...more,
});

describe('resolveDatabase', () => {
  test("takes the operator's own server as it is, whatever else there is", async () => {
    const mongodbUri = 'mongodb+srv://user:secret@cluster.example.com/shop?w=majority';
    const database = await resolveDatabase(request({ mongodbUri }));
    expect(database).toMatchObject({ uri: mongodbUri, kind: 'given' });
    expect(database.note).not.toContain('secret');
  });

  test('falls back to the embedded store, and says what it is not for', async () => {
    const database = await resolveDatabase(request());
    await database.close();
    expect(database).toMatchObject({ kind: 'embedded', uri: expect.stringMatching(/\/segue$/) });
    expect(database.note).toContain('For production set MONGODB_URI');
  });

  test.skipIf(process.platform === 'win32')(
    'takes a mongod of this machine before the embedded store',
    async () => {
      const database = await resolveDatabase(request({ env: { PATH: await pathWithMongod() } }));
      await database.close();
      expect(database.kind).toBe('mongod');
    },
  );

  test('stays with the embedded store that holds the data already', async () => {
    await mkdir(storeFolders.embedded(dataFolder));
    const database = await resolveDatabase(request({ env: { PATH: await pathWithMongod() } }));
    await database.close();
    expect(database.kind).toBe('embedded');
  });

  test('joins a server that runs on the data folder, and leaves it running', async () => {
    const folder = storeFolders.mongod(dataFolder);
    await mkdir(folder);
    writeRunningMongod(folder, { pid: process.pid, uri: 'mongodb://127.0.0.1:5/segue' });
    const database = await resolveDatabase(request({ join: true }));
    await database.close();
    expect(database).toMatchObject({ uri: 'mongodb://127.0.0.1:5/segue', kind: 'mongod' });
  });

  test('a server that may not be joined has to end first', async () => {
    const folder = storeFolders.mongod(dataFolder);
    await mkdir(folder);
    writeRunningMongod(folder, { pid: process.pid, uri: 'mongodb://127.0.0.1:5/segue' });
    const start = resolveDatabase(request({ otherEndsWithin: 0 }));
    await expect(start).rejects.toThrow(`Another Segue command uses the data folder ${dataFolder}.`);
    const patient = resolveDatabase(request());
    removeRunningMongod(folder);
    const database = await patient;
    await database.close();
    expect(database.uri).not.toContain(':5/');
  });

  test('a server that ends by itself is told of; one that was closed is not', async () => {
    const ends = await resolveDatabase(request({ env: { FAKE_SERVER: 'ends' } }));
    expect(await ends.failed).toContain('The embedded store ended with exit code 3.');
  });

  test('a server that never gets ready is an error with its last words', async () => {
    const start = resolveDatabase(request({ env: { FAKE_SERVER: 'broken' } }));
    await expect(start).rejects.toThrow(
      /The embedded store ended with exit code 4\.[\s\S]*no room on the disk/,
    );
  });

  test('a start can be given up', async () => {
    const signal = AbortSignal.timeout(50);
    const start = resolveDatabase(request({ env: { FAKE_SERVER: 'hangs' }, signal }));
    await expect(start).rejects.toThrow('was stopped while it started');
  });
});
