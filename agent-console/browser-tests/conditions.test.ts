import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenConsole, openConsole } from '../src/testing/open-console.js';
import { launchBrowser } from './browser.js';

let segue: OpenConsole;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  segue = await openConsole(10);
  segue.shop.actAs('marketer');
  browser = await launchBrowser();
  page = await segue.signedIn(browser);
});
afterAll(async () => {
  await browser?.close();
  await segue?.close();
});

test('a condition is filled in by keyboard alone, and reads the same as YAML', async () => {
  await page.goto(`${segue.url}/segments/loyal`);
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('button', { name: 'Condition', exact: true }).focus();
  await page.keyboard.press('Enter');
  // The new row has the focus: field, then how, then with what.
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('Field');
  await page.keyboard.type('First seen');
  await page.keyboard.press('Tab');
  await page.keyboard.type('was longer');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('90');
  await page.getByRole('button', { name: 'Group' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('How this group counts').selectOption('none of these holds');
  await page.getByRole('radio', { name: 'YAML' }).check({ force: true });
  const text = page.getByLabel('Condition in YAML');
  expect(await text.inputValue()).toBe(`all:
  - field: features.orders_365d
    op: gte
    value: 5
  - field: firstSeenAt
    op: olderThan
    value: 90d
  - not:
      any:
        - field: features.orders_365d
          op: gte
          value: 1
`);
});

test('a text that can not be read is left for whoever wrote it, and the form comes back with it', async () => {
  const text = page.getByLabel('Condition in YAML');
  await text.fill('{ field: [');
  await page.getByRole('radio', { name: 'Form' }).check({ force: true });
  await page.getByText('The text can’t be read').waitFor();
  await page.getByRole('radio', { name: 'YAML' }).check({ force: true });
  await text.fill('{ count: events, event: Order Completed, within: 90d, op: gte, value: 2 }');
  await page.getByRole('radio', { name: 'Form' }).check({ force: true });
  expect(await page.getByLabel('Event', { exact: true }).inputValue()).toBe('Order Completed');
  expect(await page.getByLabel('In the last, unit').inputValue()).toBe('d');
});
