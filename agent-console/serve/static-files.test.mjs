import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { staticFiles } from './static-files.mjs';

const TEXT = 'console.log("what a page runs");\n'.repeat(100);
/** @type {string} */
let folder;
/** @type {import('node:http').Server} */
let server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-static-'));
  await writeFile(join(folder, 'a.js'), TEXT);
  await writeFile(join(folder, 'a.js.gz'), gzipSync(TEXT));
  await writeFile(join(folder, 'a.js.br'), brotliCompressSync(TEXT));
  await writeFile(join(folder, 'plain.css'), 'a{}');
  server = createServer(await staticFiles({ folder, prefix: '/static/' })).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
});
afterAll(async () => {
  await new Promise((closed) => server.close(closed));
  await rm(folder, { recursive: true });
});

/**
 * @param {string} path
 * @param {string} encodings
 * @returns {Promise<{ status: number | undefined, headers: import('node:http').IncomingHttpHeaders, body: Buffer }>}
 */
function get(path, encodings) {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a port, got none');
  return new Promise((answered, failed) => {
    request({ port: address.port, path, headers: { 'accept-encoding': encodings } }, (answer) => {
      /** @type {Buffer[]} */
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () =>
        answered({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }),
      );
    })
      .on('error', failed)
      .end();
  });
}

describe('staticFiles', () => {
  test('gives what was compressed to a browser that takes it, for good', async () => {
    const { status, headers, body } = await get('/static/a.js', 'gzip, deflate, br, zstd');
    expect(status).toBe(200);
    expect(headers['content-encoding']).toBe('br');
    expect(headers['content-type']).toMatch(/^(?:text|application)\/javascript/);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers.vary?.toLowerCase()).toContain('accept-encoding');
    expect(brotliDecompressSync(body).toString()).toBe(TEXT);
  });

  test('gives gzip, or the file itself, where that is all a browser takes', async () => {
    const zipped = await get('/static/a.js', 'gzip');
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.body).toString()).toBe(TEXT);
    const plain = await get('/static/a.js', 'identity');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body.toString()).toBe(TEXT);
    expect((await get('/static/plain.css', 'br')).body.toString()).toBe('a{}');
  });

  test.each(['/static/none.js', '/static/../package.json', '/static/%2e%2e/static-files.mjs', '/static/'])(
    '%s is not there',
    async (path) => {
      const { status } = await get(path, 'br');
      expect([403, 404]).toContain(status);
    },
  );

  test('a file that went is missed, and the next one answered', async () => {
    await writeFile(join(folder, 'short.js'), TEXT);
    expect((await get('/static/short.js', 'br')).status).toBe(200);
    await rm(join(folder, 'short.js'));
    expect((await get('/static/short.js', 'br')).status).toBe(404);
    expect((await get('/static/a.js', 'br')).status).toBe(200);
  });
});
