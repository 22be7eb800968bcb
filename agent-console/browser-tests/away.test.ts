import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFakeEngine } from '../src/testing/fake-engine.js';
import { type OpenConsole, openConsole } from '../src/testing/open-console.js';
import { launchBrowser } from './browser.js';

// What a page with a form does while the database, the engine or the session is gone: it says so, keeps what was typed, and
// goes on by itself.

let segue: OpenConsole;
let browser: Browser;

beforeAll(async () => {
  segue = await openConsole(40);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await segue?.close();
});

const TYPED = 'typed while it was away';
const FORMS = [
  {
    name: 'a segment',
    path: '/segments/loyal',
    open: async (page: Page) => {
      await page.getByRole('button', { name: 'Edit' }).click();
      await page.getByText('of 1,240 customers').waitFor();
    },
    field: (page: Page) => page.getByLabel('What it is for'),
    save: (page: Page) => page.getByRole('button', { name: 'Save segment' }).click(),
    saved: (page: Page) => page.getByRole('button', { name: 'Edit' }).waitFor(),
  },
  {
    name: 'a list of customers',
    path: '/segments/invited',
    open: async () => {},
    field: (page: Page) => page.getByLabel('Customers to add or remove'),
    save: (page: Page) => page.getByRole('button', { name: 'Add to the list' }).click(),
    saved: (page: Page) => page.getByText('Every id is known').waitFor(),
  },
];

test.each(FORMS)(
  '$name outlives a lost database, a restart, a reload and the end of a session',
  async (form) => {
    segue.shop.reset();
    segue.shop.actAs('marketer');
    const page = await segue.signedIn(browser);
    await page.goto(segue.url + form.path);
    await form.open(page);
    await form.field(page).fill(TYPED);
    const unread = page.getByText('Segue could not read its data since');
    const lost = page.getByText('Not live since');

    segue.shop.databaseGone = true;
    await form.save(page);
    await page.getByText('The database does not answer.').first().waitFor();
    await unread.waitFor();
    segue.shop.databaseGone = false;
    await unread.waitFor({ state: 'detached' });
    expect(await form.field(page).inputValue()).toBe(TYPED);

    const { port } = segue.engine;
    await segue.engine.close();
    await lost.waitFor();
    segue.engine = await startFakeEngine(segue.shop, port);
    await lost.waitFor({ state: 'detached' });
    expect(await form.field(page).inputValue()).toBe(TYPED);

    await page.reload();
    await form.open(page);
    expect(await form.field(page).inputValue()).toBe(TYPED);

    await page.context().clearCookies();
    await form.save(page);
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.getByLabel('Password').fill(segue.shop.password);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await form.field(page).inputValue()).toBe(TYPED);
    await form.save(page);
    await form.saved(page);
    await page.context().close();
  },
);
