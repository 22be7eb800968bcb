import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../browser-tests/browser';
import { type FakeEngine, startFakeEngine } from '../src/testing/fake-engine';
import { FakeShop } from '../src/testing/fake-shop';
import { type ServedConsole, serveConsole } from '../src/testing/serve-console';

const folder = fileURLToPath(new URL('../.test-results/screenshots/', import.meta.url));
const CUSTOMER = '/customers/cus_0000';

type Shot = {
  name: string;
  path: string;
  /** Brings the page into the state that is shown. */
  arrange?: (page: Page, shop: FakeShop) => Promise<void>;
  only?: 'wide' | 'narrow';
  signedOut?: true;
};

const settled = (page: Page) => page.getByRole('heading', { name: 'Timeline' }).waitFor();

const SHOTS: readonly Shot[] = [
  { name: 'sign-in', path: '/sign-in', signedOut: true },
  {
    name: 'sign-in-wrong',
    path: '/sign-in',
    signedOut: true,
    arrange: async (page) => {
      await page.getByLabel('E-mail').fill('dana@example.com');
      await page.getByLabel('Password').fill('not this');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('do not belong together').waitFor();
    },
  },
  { name: 'inbox', path: '/' },
  { name: 'customer', path: CUSTOMER, arrange: settled },
  {
    name: 'customer-no',
    path: CUSTOMER,
    only: 'wide',
    arrange: async (page) => {
      await settled(page);
      await page.getByRole('heading', { name: 'Offer free express' }).waitFor();
      await page.keyboard.press('n');
      await page.getByRole('dialog', { name: 'Why not?' }).waitFor();
    },
  },
  {
    name: 'customer-answered',
    path: CUSTOMER,
    arrange: async (page, shop) => {
      await settled(page);
      if ((page.viewportSize()?.width ?? 0) < 768)
        await page.getByRole('button', { name: 'Next action' }).click();
      await page.getByRole('heading', { name: 'Offer free express' }).waitFor();
      await page.keyboard.press('y');
      await page.getByText('Kept in the decision').waitFor();
      await page.getByRole('heading', { name: 'Send the kettle' }).waitFor();
      shop.addToBasket('cus_0000');
    },
  },
  {
    name: 'customer-action',
    path: '/customers/cus_0001',
    only: 'narrow',
    arrange: async (page) => {
      await settled(page);
      await page.getByRole('button', { name: 'Next action' }).click();
      await page.getByText('What else was considered').click();
    },
  },
  {
    name: 'help',
    path: '/',
    only: 'wide',
    arrange: async (page) => {
      await page.getByText('Amara Okafor').first().waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    },
  },
  { name: 'outbox', path: '/outbox' },
  {
    name: 'decision',
    path: '/decisions/dec_0_0',
    arrange: async (page) => {
      await page.getByText('Give a £10 voucher').click();
    },
  },
  { name: 'design', path: '/design' },
  { name: 'not-found', path: '/nowhere', only: 'wide' },
];

let engine: FakeEngine;
let shop: FakeShop;
let served: ServedConsole;
let browser: Browser;

beforeAll(async () => {
  shop = new FakeShop(140, Date.now);
  engine = await startFakeEngine(shop, 0);
  served = await serveConsole(engine.port);
  browser = await launchBrowser();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
});
afterAll(async () => {
  await browser.close();
  await served.close();
  await engine.close();
});

/** Not signed in yet, a wrong password, a page that is not there: the browser notes each as an error. */
const EXPECTED = /status of (?:401|404)/;
const SCREENS = [
  { name: 'wide', width: 1440, height: 900 },
  { name: 'medium', width: 1024, height: 768 },
  { name: 'narrow', width: 360, height: 780 },
] as const;
const SCHEMES = ['light', 'dark'] as const;
// biome-ignore lint/style/noProcessEnv: `SHOTS=outbox,decision npm run screenshots` takes those alone
const wanted = process.env['SHOTS']?.split(',');

for (const screen of SCREENS) {
  for (const scheme of SCHEMES) {
    test(`${screen.name}, ${scheme}`, async () => {
      const problems: string[] = [];
      for (const shot of SHOTS) {
        if (wanted !== undefined && !wanted.includes(shot.name)) continue;
        if (shot.only !== undefined && shot.only !== screen.name) continue;
        if (screen.name === 'medium' && (scheme === 'dark' || !shot.name.startsWith('customer'))) continue;
        shop.reset();
        const context = await browser.newContext({ viewport: screen, colorScheme: scheme });
        if (shot.signedOut === undefined) {
          await context.addCookies([{ name: 'fake', value: '1', domain: '127.0.0.1', path: '/' }]);
        }
        const page = await context.newPage();
        page.on('pageerror', (error) => problems.push(`${shot.name}: ${error.message}`));
        page.on('console', (message) => {
          if (message.type() === 'error' && !EXPECTED.test(message.text()))
            problems.push(`${shot.name}: ${message.text()}`);
        });
        await page.goto(served.url + shot.path, { waitUntil: 'networkidle' });
        await shot.arrange?.(page, shop);
        // Pictures show the page at rest, not half-way through a motion.
        await page.waitForTimeout(250);
        await page.screenshot({ path: `${folder}${shot.name}-${screen.name}-${scheme}.png` });
        await context.close();
      }
      expect(problems).toEqual([]);
    });
  }
}
