import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type OpenConsole, openConsole } from '../src/testing/open-console.js';
import { launchBrowser } from './browser.js';

// What an agent does to see the part of the queue that is theirs, by keyboard, and what colleagues see of it.

let segue: OpenConsole;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  segue = await openConsole(400);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await segue?.close();
});
beforeEach(async () => {
  segue.shop.reset();
  segue.shop.actAs('lead');
  page = await segue.signedIn(browser);
});
afterEach(async () => {
  await page.context().close();
});

const queue = () => page.getByRole('complementary', { name: 'Queue' });
const rows = () => queue().locator('[data-customer]');
const total = () => rows().first().locator('xpath=ancestor::li').getAttribute('aria-setsize');
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-customer') ?? null);
const RAVI = { agentId: 'agt_2', email: 'ravi@example.com', name: 'Ravi Menon', role: 'agent' } as const;

async function openQueue(path = '/'): Promise<void> {
  await page.goto(segue.url + path);
  await rows().first().waitFor();
}

test('a filter is set, saved, reached by its number and made the beginning by keyboard alone', async () => {
  await openQueue();
  expect(await total()).toBe('400');
  await page.keyboard.press('f');
  const panel = page.getByRole('dialog', { name: 'Filter' });
  await panel.waitFor();
  await panel.getByRole('checkbox', { name: 'Open basket' }).focus();
  await page.keyboard.press('Space');
  await page.waitForURL('**/?why=basket');
  await expect.poll(total).toBe('100');
  await panel.getByLabel('Save as a view').focus();
  await page.keyboard.type('Baskets');
  await page.keyboard.press('Enter');
  await panel.waitFor({ state: 'detached' });
  await queue().getByRole('button', { name: 'Baskets', exact: true }).waitFor();

  await queue().getByRole('button', { name: 'Without “Open basket”' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(total).toBe('400');
  await page.keyboard.press('1');
  await page.waitForURL('**/?why=basket');
  await expect.poll(total).toBe('100');

  await page.keyboard.press('v');
  const views = page.getByRole('dialog', { name: 'Views' });
  await views.getByRole('button', { name: 'Begin with “Baskets”' }).focus();
  await page.keyboard.press('Enter');
  await views.getByRole('button', { name: 'The queue begins with “Baskets”' }).waitFor();
  await page.keyboard.press('Escape');
  await page.goto(segue.url);
  await page.waitForURL('**/?why=basket');
  await expect.poll(total).toBe('100');
});

test('the filter goes along from customer to customer, in the address and through a reload', async () => {
  await openQueue('/?leaving=likely');
  const expected = await total();
  await page.keyboard.press('j');
  await expect.poll(focused).not.toBeNull();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/customers/*?leaving=likely');
  await page.reload();
  await rows().first().waitFor();
  expect(await total()).toBe(expected);
  await page.keyboard.press('i');
  await page.waitForURL('**/?leaving=likely');
  expect(await total()).toBe(expected);
});

test('a customer is taken with one key, which every console shows, and a colleague’s stays theirs', async () => {
  await openQueue();
  const other = await page.context().newPage();
  await other.goto(segue.url);
  await other.locator('[data-customer="cus_0000"]').waitFor();
  await page.bringToFront();
  await page.keyboard.press('j');
  await expect.poll(focused).toBe('cus_0000');
  await page.keyboard.press('a');
  const mark = (on: Page, customerId: string) => on.locator(`[data-customer="${customerId}"] [data-mine]`);
  await mark(page, 'cus_0000').getByText('You').waitFor();
  await mark(other, 'cus_0000').getByText('You').waitFor();

  segue.shop.assign({ customerId: 'cus_0001', how: 'take' }, RAVI);
  await mark(page, 'cus_0001').getByText('Ravi').waitFor();
  await page.keyboard.press('j');
  await expect.poll(focused).toBe('cus_0001');
  await page.keyboard.press('a');
  await page.keyboard.press('k');
  await page.keyboard.press('a');
  await mark(page, 'cus_0000').waitFor({ state: 'detached' });
  expect(await mark(page, 'cus_0001').textContent()).toBe('Ravi');
});

test('the page of a customer says who has them and who looks at them, and lets one take over', async () => {
  segue.shop.assign({ customerId: 'cus_0000', how: 'take' }, RAVI);
  await page.goto(`${segue.url}/customers/cus_0000`);
  await page.getByText('Ravi Menon’s').waitFor();
  segue.shop.push('presence:changed', {
    whole: false,
    customers: [
      { customerId: 'cus_0000', viewers: [segue.shop.agent, RAVI] },
      { customerId: 'cus_0001', viewers: [RAVI] },
      { customerId: 'cus_0002', viewers: [segue.shop.agent] },
    ],
  });
  await page.getByRole('button', { name: 'Here, too: Ravi Menon' }).waitFor();
  const seen = page
    .getByRole('complementary', { name: 'Queue' })
    .getByRole('img', { name: 'Ravi Menon is here, too' });
  expect(await seen.count()).toBe(2);
  segue.shop.push('presence:changed', { whole: false, customers: [{ customerId: 'cus_0001', viewers: [] }] });
  await expect.poll(() => seen.count()).toBe(1);
  await page.getByRole('button', { name: 'Take over' }).click();
  await page.getByText('Yours').waitFor();
  segue.shop.assign({ customerId: 'cus_0000', how: 'takeOver' }, RAVI);
  await page.getByText('Ravi Menon’s').waitFor();
  expect(await page.getByText('Yours').count()).toBe(0);
});

test('four hundred customers and a filter: only what fits is in the page, and nobody is missing', async () => {
  await openQueue('/?for=nobody');
  expect(await total()).toBe('400');
  expect(await rows().count()).toBeLessThan(40);
  segue.shop.assign({ customerId: 'cus_0003', how: 'take' }, RAVI);
  await expect.poll(total).toBe('399');
  await page.keyboard.press('f');
  await page
    .getByRole('dialog', { name: 'Filter' })
    .getByRole('radio', { name: 'Colleagues’' })
    .press('Space');
  await expect.poll(total).toBe('1');
});
