import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCustomer } from '../customers/find-customer.js';
import { startTestProduct, type TestProduct } from '../testing/test-product.js';
import { createSegueClient } from './client/create-segue-client.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
}, 30_000);
afterAll(() => product.close());

const run = promisify(execFile);
const example = (name: string) => fileURLToPath(new URL(`../../docs/examples/${name}`, import.meta.url));
const isThere = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

async function outputOf(program: string, name: string, userId: string): Promise<string> {
  const { stdout } = await run(program, [example(name), userId], {
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', SEGUE_URL: product.url, SEGUE_KEY: product.key },
  });
  return stdout.trim();
}

describe('the examples of the documentation run', () => {
  test.skipIf(!isThere('curl'))('curl (skipped where there is no curl)', async () => {
    expect(await outputOf('sh', 'decide.sh', 'from-curl')).toBe('basket-reminder');
  });

  test.skipIf(!isThere('python3'))('Python (skipped where there is no python3)', async () => {
    expect(await outputOf('python3', 'decide.py', 'from-python')).toBe('basket-reminder');
  });

  test('in a page, with a key that can only send', async () => {
    const { createTracker } = await import(/* @vite-ignore */ example('track.mjs'));
    const key = await product.newKey(['events:write']);
    const track = createTracker({ url: product.url, key, anonymousId: 'visitor-1' });
    expect(await track('Product Viewed', { product_id: 'p1' })).toMatchObject({ accepted: 1 });
    expect(await findCustomer(product.engine.store, { anonymousId: 'visitor-1' })).not.toBeNull();
  });

  test('the typed client', async () => {
    const segue = createSegueClient({ url: product.url, key: product.key });
    await segue.event.identify.mutate({ userId: 'typed', traits: { firstName: 'Ty' } });
    const answer = await segue.decision.decide.mutate({ customer: { userId: 'typed' }, channel: 'web' });
    expect(answer.actions.map(({ actionId }) => actionId)).toEqual(['thank-you']);
  });
});
