import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Product, startProduct } from './start-product.js';

// What is tested here is coming and going; an empty shop is quicker at both.
const empty = { SEGUE_DEMO: 'off' };

let dataFolder: string;
let product: Product;

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'segue start '));
  product = await startProduct({ dataFolder, env: empty });
});
afterAll(async () => {
  await product?.stop();
  await rm(dataFolder, { recursive: true, force: true });
});

const answers = (url: string) =>
  fetch(url, { redirect: 'manual' }).then(
    () => true,
    () => false,
  );

test('a first start shows the password of the first administrator once, and serves API and console', async () => {
  const { admin, output, apiUrl, consoleUrl } = product;
  expect(admin?.password.length).toBeGreaterThanOrEqual(12);
  expect(output().split(admin?.password ?? '-')).toHaveLength(2);
  expect((await fetch(`${apiUrl}/healthz`)).status).toBe(200);
  expect((await fetch(consoleUrl)).status).toBe(200);
});

test('a second product can not take the same ports, and says which variable to set', async () => {
  const { apiUrl, consoleUrl } = product;
  const env = { PORT: new URL(apiUrl).port, CONSOLE_PORT: new URL(consoleUrl).port };
  await expect(startProduct({ env })).rejects.toThrow(/is already in use.* PORT=\d+ npm start/);
});

test('stops when asked, with exit code 0 and nothing left listening', async () => {
  expect(await product.stop()).toBe(0);
  expect(await answers(product.apiUrl)).toBe(false);
  expect(await answers(product.consoleUrl)).toBe(false);
});

test('a later start shows no password, and keeps what was there', async () => {
  product = await startProduct({ dataFolder, env: empty });
  expect(product.admin).toBeNull();
  expect((await fetch(`${product.apiUrl}/healthz`)).status).toBe(200);
});

test('when the supervisor is killed outright, everything else goes by itself', async () => {
  await product.kill();
  await expect.poll(() => answers(product.apiUrl), { timeout: 20_000 }).toBe(false);
  await expect.poll(() => answers(product.consoleUrl), { timeout: 20_000 }).toBe(false);
});

test('and the next start finds the data folder as it should be', async () => {
  product = await startProduct({ dataFolder, env: empty });
  expect((await fetch(`${product.apiUrl}/healthz`)).status).toBe(200);
});
