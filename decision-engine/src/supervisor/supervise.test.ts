import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDatabaseServer } from './database-server.js';
import { phaseDisplay } from './phase-display.js';
import { freePort } from './ports.js';
import type { ResolvedDatabase } from './resolve-database.js';
import { supervise } from './supervise.js';
import { collectedText } from './testing/collected-text.js';

const fake = fileURLToPath(new URL('./testing/fake-program.mjs', import.meta.url));
const HOST = '127.0.0.1';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-supervise-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A product of fakes, and everything it said and did. */
async function fakeProduct(behaviours: Record<string, string> = {}) {
  const journal = join(folder, 'journal');
  const env = { FAKE_JOURNAL: journal, ...behaviours };
  const stop = new AbortController();
  const out = collectedText();
  const err = collectedText();
  const config = {
    mongodbUri: null,
    dataFolder: folder,
    host: HOST,
    port: await freePort(HOST),
    consolePort: await freePort(HOST),
  };
  const resolveDatabase = async (): Promise<ResolvedDatabase> => {
    const server = await startDatabaseServer({
      name: 'The store',
      script: fake,
      args: ['store'],
      env,
      onLine: () => {},
      readyWithinMs: 5_000,
    });
    return {
      uri: server.uri,
      kind: 'embedded',
      note: 'Database: a fake.',
      failed: new Promise(() => {}),
      close: async () => void (await server.process.stop(2_000)),
    };
  };
  return {
    config,
    stop,
    out,
    err,
    journal: async () => (await readFile(journal, 'utf8')).trim().split('\n'),
    run: () =>
      supervise({
        config,
        env,
        engine: { script: fake, args: ['engine'] },
        consoleProgram: { script: fake, args: ['console'], nodeArgs: [], folder },
        resolveDatabase,
        display: phaseDisplay({ stream: err.stream, now: () => 0 }),
        say: (text) => out.stream.write(`${text}\n`),
        stop: stop.signal,
        now: () => 0,
        stopsWithin: { console: 2_000, engine: 2_000 },
      }),
  };
}

describe('supervise', () => {
  test('brings all parts up, tells the addresses and stops in order: console, engine, store', async () => {
    const product = await fakeProduct();
    const code = product.run();
    await product.out.saying('Segue is up');
    product.stop.abort();
    expect(await code).toBe(0);
    const journal = await product.journal();
    expect(journal.slice(-3)).toEqual([
      'console was told to stop',
      'engine was told to stop',
      'store lost its parent',
    ]);
    expect(product.out.text()).toContain(`http://localhost:${product.config.consolePort}`);
    expect(product.out.text()).toContain(`http://localhost:${product.config.port}`);
  });

  test('hands each part its own address, crossed with no other', async () => {
    const product = await fakeProduct();
    const code = product.run();
    await product.out.saying('Segue is up');
    product.stop.abort();
    await code;
    const { port, consolePort } = product.config;
    const journal = await product.journal();
    expect(journal).toContain(`engine has mongodb://127.0.0.1:1/segue and ports ${port} ${consolePort}`);
    expect(journal).toContain(`console has the API at http://127.0.0.1:${port}`);
  });

  test('shows the first password exactly once, and only on standard output', async () => {
    const product = await fakeProduct();
    const code = product.run();
    await product.out.saying('Segue is up');
    product.stop.abort();
    await code;
    expect(product.out.text().split('one two three')).toHaveLength(2);
    expect(product.err.text()).not.toContain('one two three');
    expect(await readFile(join(folder, 'logs', 'engine.log'), 'utf8')).not.toContain('one two three');
  });

  test('an engine that dies later takes the rest down with it', async () => {
    const product = await fakeProduct({ FAKE_ENGINE: 'crash-later' });
    expect(await product.run()).toBe(1);
    expect(product.err.text()).toContain('The engine ended with exit code 9.');
    expect((await product.journal()).slice(-2)).toEqual([
      'console was told to stop',
      'store lost its parent',
    ]);
  });

  test('a part that crashes at its start is named, with its last lines', async () => {
    const product = await fakeProduct({ FAKE_CONSOLE: 'crash' });
    expect(await product.run()).toBe(1);
    expect(product.err.text()).toContain('The console ended with exit code 7.');
    expect(product.err.text()).toContain('console met a bad end');
  });

  test("the engine's own word for what went wrong is what people read", async () => {
    const product = await fakeProduct({ FAKE_ENGINE: 'fatal' });
    expect(await product.run()).toBe(1);
    expect(product.err.text()).toContain('The index can not be built.');
  });

  test('a store that does not come up ends the start before anything else begins', async () => {
    const product = await fakeProduct({ FAKE_STORE: 'crash' });
    expect(await product.run()).toBe(1);
    expect(product.err.text()).toContain('store met a bad end');
    expect((await product.journal()).join()).not.toMatch(/engine|console/);
  });

  test('a part that will not stop is killed at its deadline', async () => {
    const product = await fakeProduct({ FAKE_ENGINE: 'stubborn' });
    const code = product.run();
    await product.out.saying('Segue is up');
    product.stop.abort();
    expect(await code).toBe(0);
    expect((await product.journal()).at(-1)).toBe('store lost its parent');
  });

  describe('with a port in use', () => {
    let other: Server;
    let taken: number;

    beforeEach(async () => {
      other = createServer();
      taken = await freePort(HOST);
      await new Promise<void>((fulfil) => other.listen(taken, HOST, fulfil));
    });
    afterEach(() => new Promise<void>((fulfil) => void other.close(() => fulfil())));

    test('names the port and the variable, and starts nothing', async () => {
      const product = await fakeProduct();
      Object.assign(product.config, { consolePort: taken });
      expect(await product.run()).toBe(1);
      expect(product.err.text()).toContain(`Port ${taken} is already in use`);
      expect(product.err.text()).toContain('CONSOLE_PORT=');
      await expect(product.journal()).rejects.toThrow('ENOENT');
    });
  });
});
