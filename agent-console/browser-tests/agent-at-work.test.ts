import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startFakeEngine } from '../src/testing/fake-engine.js';
import { type OpenConsole, openConsole } from '../src/testing/open-console.js';
import { launchBrowser } from './browser.js';
import { customerName } from './customer-name.js';

// The console alone, on a shop in memory: what an agent meets in a day, and when things go wrong.

let segue: OpenConsole;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  segue = await openConsole(140);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await segue?.close();
});
beforeEach(async () => {
  segue.shop.reset();
  page = await segue.signedIn(browser);
});
afterEach(async () => {
  await page.context().close();
});

const customer = (position: number) => `cus_${String(position).padStart(4, '0')}`;
const suggestion = (on: Page = page) => on.getByRole('article').getByRole('heading');
const row = (name: string) => page.getByRole('complementary', { name: 'Queue' }).getByRole('link', { name });
const open = async (position: number): Promise<void> => {
  await page.goto(`${segue.url}/customers/${customer(position)}`);
  await suggestion().waitFor();
};

test('works five customers by keyboard alone', async () => {
  await page.goto(segue.url);
  await row('Amara Okafor').waitFor();
  const seen: string[] = [];
  for (let position = 0; position < 5; position += 1) {
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/customers/${customer(position)}`);
    await expect.poll(() => suggestion().textContent()).toBe('Offer free express on the delayed order');
    await page.keyboard.press('n');
    await page.getByRole('dialog', { name: 'Why not?' }).waitFor();
    await page.keyboard.press('3');
    await page.getByText('Kept in the decision').waitFor();
    await expect.poll(() => suggestion().textContent()).toBe('Send the kettle buying guide');
    await page.keyboard.press('y');
    await expect.poll(() => suggestion().textContent()).toBe('Ask how the last order went');
    seen.push(await customerName(page));
  }
  expect(new Set(seen).size).toBe(5);
});

test('single keys can be turned off, and stay off', async () => {
  await open(0);
  await page.keyboard.press('?');
  await page.getByRole('switch', { name: 'Single-key shortcuts' }).click();
  await page.keyboard.press('Escape');
  await page.reload();
  await suggestion().waitFor();
  await page.keyboard.press('y');
  await page.keyboard.press('?');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await suggestion().textContent()).toBe('Offer free express on the delayed order');
});

test('a key typed into the reply is text, and the text outlives a reload', async () => {
  await open(0);
  const reply = page.getByLabel('What to say');
  await reply.fill('yes, nearly');
  await page.reload();
  await expect.poll(() => reply.inputValue()).toBe('yes, nearly');
  expect(await page.getByText('Kept in the decision').count()).toBe(0);
});

test('the queue does not move under the pointer, and says how many are new', async () => {
  await page.goto(segue.url);
  const first = row('Amara Okafor').first();
  await first.hover();
  const before = await first.boundingBox();
  segue.shop.bringUp(200);
  const pill = page.getByRole('button', { name: '1 new' });
  await pill.waitFor();
  expect(await first.boundingBox()).toEqual(before);
  await pill.click();
  await expect.poll(async () => (await first.boundingBox())?.y).toBeGreaterThan(before?.y ?? 0);
});

test('the queue follows by itself while nobody is in it', async () => {
  await page.goto(segue.url);
  const first = row('Amara Okafor').first();
  await first.waitFor();
  const before = await first.boundingBox();
  segue.shop.bringUp(201);
  await expect.poll(async () => (await first.boundingBox())?.y).toBeGreaterThan(before?.y ?? 0);
});

test('an event shows by itself in every window, and an answer too', async () => {
  await open(0);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await suggestion(other).waitFor();
  for (const window of [page, other]) await window.getByRole('button', { name: /^Live:/ }).waitFor();
  await other.evaluate(() => {
    document.addEventListener('animationstart', ({ animationName, target }) => {
      if (animationName === 'mark' && target instanceof HTMLElement)
        document.body.dataset['marked'] = `${document.body.dataset['marked'] ?? ''} ${target.textContent}`;
    });
  });
  segue.shop.addToBasket(customer(0));
  for (const window of [page, other]) await window.getByText('1 piece, today').waitFor();
  // What came by itself is marked for two seconds.
  await expect
    .poll(() => other.locator('body').getAttribute('data-marked'), { timeout: 10_000 })
    .toContain('Added Oak serving board');
  await page.bringToFront();
  await page.keyboard.press('y');
  await other.getByText('Dana Whitfield said yes').or(other.getByText('You said yes')).waitFor();
  await expect.poll(() => suggestion(other).textContent()).toBe('Send the kettle buying guide');
});

test('when the connection is lost the page says so, and then shows what it missed', async () => {
  await open(0);
  const { port } = segue.engine;
  await segue.engine.close();
  await page.getByText('Not live since').waitFor();
  segue.shop.addToBasket(customer(0));
  segue.engine = await startFakeEngine(segue.shop, port);
  await page.getByText('1 piece, today').waitFor();
  await page.getByText('Not live since').waitFor({ state: 'detached' });
  expect(await customerName(page)).toBe('Amara Okafor');
});

test('an answer that can not be sent is not lost, and goes out on the second try', async () => {
  await open(0);
  const { port } = segue.engine;
  await segue.engine.close();
  await page.keyboard.press('y');
  await page.getByText('Not kept yet').waitFor();
  segue.engine = await startFakeEngine(segue.shop, port);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Kept in the decision').waitFor();
  expect(await page.getByText('Not kept yet').count()).toBe(0);
});

test('a session that ends asks for the password over the page, which keeps what was typed', async () => {
  await open(0);
  await page.getByLabel('What to say').fill('half a sentence');
  await page.context().clearCookies();
  await page.keyboard.press('Escape');
  await page.keyboard.press('y');
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await dialog.getByLabel('Password').fill(segue.shop.password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await page.getByLabel('What to say').inputValue()).toBe('half a sentence');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Kept in the decision').waitFor();
});

test('goes back to where the agent wanted to go after signing in', async () => {
  await page.context().clearCookies();
  await page.goto(`${segue.url}/outbox`);
  await page.waitForURL('**/sign-in?next=%2Foutbox');
  await page.getByLabel('E-mail').fill(segue.shop.agent.email);
  await page.getByLabel('Password').fill(segue.shop.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/outbox');
  await page.getByRole('heading', { name: 'Outbox' }).waitFor();
  await expect.poll(() => page.getByText('not sent: no SMTP_URL').count()).toBeGreaterThan(0);
});

test('only what fits is in the page, however long the queue is', async () => {
  await page.goto(segue.url);
  await row('Amara Okafor').first().waitFor();
  const rows = page.getByRole('complementary', { name: 'Queue' }).getByRole('listitem');
  expect(await rows.count()).toBeLessThan(40);
  await row('Amara Okafor').first().hover();
  await page.mouse.wheel(0, 100_000);
  await page.mouse.wheel(0, 100_000);
  await expect.poll(() => rows.last().getAttribute('aria-posinset')).not.toBe('1');
  expect(await rows.count()).toBeLessThan(40);
});

test('finds a customer by name, from the slash to the open page, without the mouse', async () => {
  await page.goto(segue.url);
  await row('Amara Okafor').first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('lindqvist');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/customers/*');
  await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toContain('Lindqvist');
  expect(await page.getByLabel('Search customers').inputValue()).toBe('');
});

test('sends the e-mail of a suggestion and follows what becomes of it', async () => {
  await open(0);
  await page.getByRole('button', { name: 'E-mail', exact: true }).click();
  await page.getByRole('button', { name: 'Send by e-mail' }).click();
  await page.getByRole('status').filter({ hasText: 'no SMTP_URL' }).waitFor();
  await page.getByRole('link', { name: 'See it in the outbox' }).click();
  await page.waitForURL('**/outbox');
  await expect
    .poll(() => page.getByRole('listitem').filter({ hasText: 'Amara Okafor' }).count())
    .toBeGreaterThan(0);
});
