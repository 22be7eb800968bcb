import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFakeEngine } from '../src/testing/fake-engine.js';
import { type OpenConsole, openConsole } from '../src/testing/open-console.js';
import { launchBrowser } from './browser.js';
import { type Line, openLine } from './cut.js';

// The cable is pulled: nothing is hung up, nothing arrives. The engine here counts a silence of three seconds as a cut where
// the real one waits for twenty, so that the test need not.

let segue: OpenConsole;
let line: Line;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  segue = await openConsole(40);
  // The console keeps knocking at the port it knows; the engine is behind a line from here on.
  const { port } = segue.engine;
  await segue.engine.close();
  segue.engine = await startFakeEngine(segue.shop, 0, { patience: 3000 });
  line = await openLine({ port, to: segue.engine.port });
  browser = await launchBrowser();
  page = await segue.signedIn(browser);
});
afterAll(async () => {
  await browser?.close();
  await line?.close();
  await segue?.close();
});

test('after a cut the page says so, keeps what was typed, and shows what happened meanwhile exactly once', async () => {
  await page.goto(`${segue.url}/customers/cus_0000`);
  const reply = page.getByLabel('What to say');
  await reply.fill('half a sentence');
  await page.getByRole('button', { name: /^Live:/ }).waitFor();
  segue.shop.addToBasket('cus_0000', 'copper pan');
  await page.getByText('1 piece, today').waitFor();
  const added = page.getByText('Added copper pan to the basket');
  await expect.poll(() => added.count()).toBe(1);

  line.cut();
  await page.getByText('Not live since').waitFor();
  segue.shop.addToBasket('cus_0000', 'copper pan');
  segue.shop.addToBasket('cus_0000', 'copper pan');
  line.mend();

  await page.getByText('Not live since').waitFor({ state: 'detached' });
  await page.getByText('3 pieces, today').waitFor();
  await expect.poll(() => added.count()).toBe(3);
  // What comes after it comes once, too: nobody is in a room twice.
  segue.shop.addToBasket('cus_0000', 'copper pan');
  await page.getByText('4 pieces, today').waitFor();
  await expect.poll(() => added.count()).toBe(4);
  expect(await reply.inputValue()).toBe('half a sentence');
});
