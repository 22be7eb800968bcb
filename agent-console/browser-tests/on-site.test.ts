import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchBrowser, openPage } from './browser.js';

// What a visitor sees in a page of the demo shop, by keyboard, on the whole product.

const product = inject('product');

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
});

const focusedFormat = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('data-format') ?? null);

test.each([
  ['popup', 360, 'light'],
  ['banner', 360, 'dark'],
  ['embedded', 1440, 'light'],
] as const)('%s at %d px, %s', async (format, width, colorScheme) => {
  const watched = await openPage(browser, {
    viewport: { width, height: 700 },
    colorScheme,
    reducedMotion: 'reduce',
  });
  const { page } = watched;
  const reported: string[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('/v1/placements/outcomes'))
      reported.push(`${response.request().postDataJSON().outcome} ${response.status()}`);
  });
  await page.goto(`${product.apiUrl}/demo-shop-page`);
  await page.locator(`button[data-format=${format}]`).focus();
  await page.keyboard.press('Enter');
  const shown = page.locator('[data-segue-action]');
  await shown.getByRole('heading').waitFor();
  await expect.poll(() => reported).toContain('shown 200');
  await watched.picture(`on-site-${format}`);
  if (format === 'popup') await page.keyboard.press('Escape');
  else await shown.getByRole('button', { name: 'Close' }).press('Enter');
  await expect.poll(() => reported).toContain('dismissed 200');
  expect(await shown.count()).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  if (format === 'popup') expect(await focusedFormat(page)).toBe(format);
  expect(watched.problems).toEqual([]);
  await watched.close();
});
