import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';

const run = promisify(execFile);
const launcher = fileURLToPath(new URL('../../decision-engine/launch/run.mjs', import.meta.url));

/** A key for the product with this data folder, made by its own command. */
export async function makeApiKey(dataFolder: string): Promise<string> {
  const { stdout } = await run(process.execPath, [launcher, 'api-key', '--name', 'browser-test'], {
    env: { ...process.env, SEGUE_DATA: dataFolder, NODE_ENV: 'production' },
  });
  const key = /\bsk_\S+/.exec(stdout)?.[0];
  if (key === undefined) throw new Error(`Expected an API key, got ${JSON.stringify(stdout)}`);
  return key;
}

/** The user id of the customer who is open, asked as the page itself would. */
export async function userIdOf(page: Page, apiUrl: string): Promise<string> {
  const customerId = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '');
  const input = encodeURIComponent(JSON.stringify({ customerId }));
  const response = await page.request.get(`${apiUrl}/trpc/customer.get?input=${input}`);
  const text = await response.text();
  const userId = /"kind":"userId","value":"([^"]+)"/.exec(text)?.[1];
  if (userId === undefined) throw new Error(`Expected a customer with a user id, got ${text.slice(0, 300)}`);
  return userId;
}

type Basket = { apiUrl: string; apiKey: string; userId: string; name: string };

/** A customer puts something with this name into the basket; settles once the API has accepted it. */
export async function addToBasket({ apiUrl, apiKey, userId, name }: Basket): Promise<void> {
  const response = await fetch(`${apiUrl}/v1/track`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`,
    },
    body: JSON.stringify({
      userId,
      event: 'Product Added',
      messageId: `browser-test-${name}`,
      properties: {
        product_id: 'p-picnic',
        name,
        category: 'garden',
        price: 38,
        quantity: 1,
        currency: 'GBP',
      },
    }),
  });
  if (!response.ok)
    throw new Error(`Expected the event to be accepted, got ${response.status} ${await response.text()}`);
}
