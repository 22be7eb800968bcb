import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONSOLE_PAGES } from '../src/testing/console-pages.js';
import { type OpenConsole, openConsole } from '../src/testing/open-console.js';
import { violationsInBoth } from './axe.js';
import { launchBrowser } from './browser.js';
import { SCREENS } from './screens.js';

/** What axe finds on every page of the console on one screen, in light and in dark, and whether it fits. */
export function testAccessibility(screen: keyof typeof SCREENS): void {
  let segue: OpenConsole;
  let browser: Browser;
  const viewport = SCREENS[screen];

  beforeAll(async () => {
    segue = await openConsole(140);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await segue?.close();
  });

  const pages = CONSOLE_PAGES.filter(({ only }) => only === undefined || only === screen);

  test.each(pages)('axe finds nothing on $name', async ({ path, arrange, signedOut, as }) => {
    segue.shop.reset();
    if (as !== undefined) segue.shop.actAs(as);
    // The policy of the page lets no foreign script in, and axe is one.
    const page = await segue.signedIn(browser, { viewport, bypassCSP: true });
    if (signedOut) await page.context().clearCookies();
    await page.goto(segue.url + path, { waitUntil: 'networkidle' });
    await arrange?.(page, segue.shop);
    expect(await violationsInBoth(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    await page.context().close();
  });
}
