import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONSOLE_PAGES } from '../src/testing/console-pages.js';
import { type OpenConsole, openConsole } from '../src/testing/open-console.js';
import { violations } from './axe.js';
import { launchBrowser } from './browser.js';

const SCREENS = [
  { name: 'wide', width: 1440, height: 900 },
  { name: 'narrow', width: 360, height: 780 },
] as const;

let segue: OpenConsole;
let browser: Browser;

beforeAll(async () => {
  segue = await openConsole(140);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await segue?.close();
});

describe.each(SCREENS)('$name', (screen) => {
  const pages = CONSOLE_PAGES.filter(({ only }) => only === undefined || only === screen.name);

  describe.each(['light', 'dark'] as const)('%s', (scheme) => {
    test.each(pages)('axe finds nothing on $name', async ({ path, arrange, signedOut, as }) => {
      segue.shop.reset();
      if (as !== undefined) segue.shop.actAs(as);
      // The policy of the page lets no foreign script in, and axe is one.
      const page = await segue.signedIn(browser, { viewport: screen, colorScheme: scheme, bypassCSP: true });
      if (signedOut) await page.context().clearCookies();
      await page.goto(segue.url + path, { waitUntil: 'networkidle' });
      await arrange?.(page, segue.shop);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(screen.width);
      await page.context().close();
    });
  });
});
