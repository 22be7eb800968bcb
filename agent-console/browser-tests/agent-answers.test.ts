import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchBrowser, openPage, type WatchedPage } from './browser.js';
import { customerName } from './customer-name.js';
import {
  addVersion,
  changeACap,
  editAnAction,
  faultsOf,
  promoteAndRollBack,
  scriptOf,
} from './plan-and-measure.js';
import { addToBasket, makeApiKey, userIdOf } from './send-events.js';
import { signInTo } from './sign-in.js';

// The main job, end to end, on the whole product: an event comes in, the agent sees it and answers, the answer is kept.

/** How long an event may take to the page before something is wrong, in milliseconds; how fast it is, the bench measures. */
const SEEN_WITHIN = 15_000;

const product = inject('product');

let browser: Browser;
let first: WatchedPage;
let second: Page;
let apiKey: string;

beforeAll(async () => {
  apiKey = await makeApiKey(product.dataFolder);
  browser = await launchBrowser();
  first = await openPage(browser);
});
afterAll(async () => {
  await first?.picture('agent-answers');
  await browser?.close();
});

test('an agent signs in and opens the first customer by keyboard', async () => {
  const { page } = first;
  await signInTo(page, '/', product);
  await page.getByRole('complementary', { name: 'Queue' }).getByRole('listitem').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/customers/*');
  await suggestion(page).waitFor();
  second = await page.context().newPage();
  await second.goto(page.url());
  await suggestion(second).waitFor();
  expect(await customerName(second)).toBe(await customerName(page));
});

test('an event sent through the API is on the page without a reload, in both windows', async () => {
  const { page } = first;
  const userId = await userIdOf(page, product.apiUrl);
  await page.evaluate(() => document.body.setAttribute('data-not-reloaded', 'yes'));
  const name = `Picnic blanket ${Date.now() % 100_000}`;
  await page.bringToFront();
  // What is under the pointer does not move, so the pointer rests beside the timeline.
  await page.mouse.move(720, 4);
  await addToBasket({ apiUrl: product.apiUrl, apiKey, userId, name });
  const sent = performance.now();
  await page.getByRole('listitem').filter({ hasText: name }).waitFor({ timeout: SEEN_WITHIN });
  const seenAfter = performance.now() - sent;
  await second.getByRole('listitem').filter({ hasText: name }).waitFor({ timeout: SEEN_WITHIN });
  process.stdout.write(`An accepted event was on the page after ${Math.round(seenAfter)} ms.\n`);
  expect(await page.locator('body').getAttribute('data-not-reloaded')).toBe('yes');
  // The basket above the timeline has changed with it.
  await page.getByText(/\d+ pieces?, today/).waitFor();
});

test('Yes is kept in the record of the decision, and the other window shows it', async () => {
  const { page } = first;
  const said = (await suggestion(page).textContent()) ?? '';
  await page.keyboard.press('y');
  const kept = page.getByRole('link', { name: 'Kept in the decision’s record' }).first();
  await kept.waitFor();
  await second.getByText(`said yes to “${said}”`).waitFor();
  await kept.click();
  await page.getByRole('heading', { name: said, level: 1 }).waitFor();
  const outcome = page.getByRole('listitem').filter({ hasText: 'Yes' }).first();
  expect(await outcome.textContent()).toContain(said);
  expect(await page.getByRole('heading', { name: /^Considered: \d+/ }).count()).toBe(1);
});

test('a message goes to the outbox, which says why it is not sent', async () => {
  const { page } = first;
  await page.getByRole('link', { name: 'Outbox' }).click();
  await page.getByRole('heading', { name: 'Outbox' }).waitFor();
  await page.getByText('set SMTP_URL').waitFor();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Outbox');
});

test('a marketer changes a cap, sees its simulated effect, publishes it and brings the former rules back', async () => {
  const { stoppedMore } = await changeACap(first.page, product.consoleUrl);
  expect(stoppedMore).toMatch(/^\+[\d,]+$/);
}, 180_000);

test('a mistake in an action is shown at its field, and its words are previewed', async () => {
  await editAnAction(first.page, product.consoleUrl);
  expect(await first.page.getByText('would read it').count()).toBe(1);
}, 60_000);

test('a data scientist puts a model in force and rolls it back, without a restart', async () => {
  const versions = await addVersion(product.dataFolder);
  await promoteAndRollBack(first.page, product.consoleUrl, versions);
  expect(await first.page.getByRole('status').filter({ hasText: versions.inForce }).count()).toBe(1);
}, 60_000);

test('axe finds nothing on the pages of marketers and analysts, and each fits a phone', async () => {
  const session = await first.page.context().storageState();
  expect(await faultsOf(browser, product.consoleUrl, session)).toEqual([]);
}, 300_000);

test('and each is light', async () => {
  const bytes = [...(await scriptOf(first.page, product.consoleUrl))];
  expect(bytes.filter(([, script]) => script === 0 || script >= 250_000)).toEqual([]);
}, 120_000);

test('nothing went wrong on the page meanwhile', () => {
  // Before the sign-in the engine answers 401 to "who am I", which the browser notes as an error.
  expect(first.problems.filter((problem) => !/401|ERR_FAILED/.test(problem))).toEqual([]);
});

function suggestion(page: Page) {
  return page.getByRole('article').getByRole('heading');
}
