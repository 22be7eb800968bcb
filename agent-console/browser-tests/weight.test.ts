import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONSOLE_PAGES } from '../src/testing/console-pages.js';
import { type OpenConsole, openConsole } from '../src/testing/open-console.js';
import { launchBrowser } from './browser.js';

/** Compressed script a page may load, in bytes. */
const SCRIPT = 250_000;
/** Sum of layout shifts while a page loads, in the unit of the Layout Instability API. */
const SHIFT = 0.05;

let segue: OpenConsole;
let browser: Browser;
const found: string[] = [];

beforeAll(async () => {
  segue = await openConsole(140);
  browser = await launchBrowser();
});
afterAll(async () => {
  process.stdout.write(`${found.join('\n')}\n`);
  await browser?.close();
  await segue?.close();
});

const pages = CONSOLE_PAGES.filter(
  ({ path, name }, index) =>
    CONSOLE_PAGES.findIndex((other) => other.path === path) === index && name !== 'not-found',
);

test.each(pages)('$name is light and does not jump', async ({ name, path, signedOut, as }) => {
  segue.shop.reset();
  if (as !== undefined) segue.shop.actAs(as);
  const page = await segue.signedIn(browser);
  if (signedOut) await page.context().clearCookies();
  await watchShifts(page);
  await page.goto(segue.url + path, { waitUntil: 'networkidle' });
  const script = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry): entry is PerformanceResourceTiming => entry instanceof PerformanceResourceTiming)
      .filter((entry) => new URL(entry.name).pathname.endsWith('.js'))
      .reduce((sum, entry) => sum + entry.encodedBodySize, 0),
  );
  const unhinted = await page.evaluate(async () => {
    const scripts = [...document.scripts].filter(({ src }) => src !== '');
    const texts = await Promise.all(scripts.map(async ({ src }) => (await fetch(src)).text()));
    return scripts
      .filter((_, index) => texts[index]?.startsWith('//# allFunctionsCalledOnLoad\n') !== true)
      .map(({ src }) => src);
  });
  const shift = await page.evaluate(() => Number(document.documentElement.dataset['shift'] ?? 0));
  found.push(
    `${name}: ${Math.round(script / 1000)} kB of compressed script, layout shift ${shift.toFixed(3)}`,
  );
  expect(script).toBeGreaterThan(0);
  expect(script).toBeLessThan(SCRIPT);
  expect(unhinted).toEqual([]);
  expect(shift).toBeLessThan(SHIFT);
  await page.context().close();
});

/** Sums up how far things jump, where nobody pressed anything. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ('value' in entry && typeof entry.value === 'number') sum += entry.value;
      }
      document.documentElement.dataset['shift'] = String(sum);
    }).observe({ type: 'layout-shift', buffered: true });
  });
}
