import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFakeEngine } from '../src/testing/fake-engine.js';
import { type OpenConsole, openConsole } from '../src/testing/open-console.js';
import { AWAY_FORMS, type AwayForm } from './away-forms.js';
import { launchBrowser } from './browser.js';

// What a page with a form does while the database, the engine, the network or the session is gone: it says so, keeps what was
// typed, and goes on by itself.

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
const typedText = async (form: AwayForm, page: Page) => (await form.field(page).inputValue()).trim();
/** A dialog over the page may have closed what floated there. */
const openAgain = async (form: AwayForm, page: Page) => {
  if (!(await form.field(page).isVisible())) await form.open(page);
};

test.each(AWAY_FORMS)(
  '$name outlives a lost database, a cut network, a restart, a reload and the end of a session',
  async (form) => {
    segue.shop.reset();
    segue.shop.actAs(form.as);
    const page = await segue.signedIn(browser);
    await page.goto(segue.url + form.path);
    await form.open(page);
    await form.field(page).fill(TYPED);
    const attempt = form.attempt ?? form.save;
    const unread = page.getByText('Segue could not read its data since');
    const lost = page.getByText('Not live since');

    segue.shop.databaseGone = true;
    await attempt(page);
    await page.getByText('The database does not answer.').first().waitFor();
    await unread.waitFor();
    segue.shop.databaseGone = false;
    await unread.waitFor({ state: 'detached' });
    expect(await typedText(form, page)).toBe(TYPED);

    await page.context().setOffline(true);
    await lost.waitFor();
    await page.context().setOffline(false);
    await lost.waitFor({ state: 'detached' });
    expect(await typedText(form, page)).toBe(TYPED);

    const { port } = segue.engine;
    await segue.engine.close();
    await lost.waitFor();
    segue.engine = await startFakeEngine(segue.shop, port);
    await lost.waitFor({ state: 'detached' });
    expect(await typedText(form, page)).toBe(TYPED);

    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await form.open(page);
    expect(await typedText(form, page)).toBe(TYPED);

    await page.context().clearCookies();
    await attempt(page);
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.getByLabel('Password').fill(segue.shop.password);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'detached' });
    await openAgain(form, page);
    expect(await typedText(form, page)).toBe(TYPED);
    await form.save(page);
    await form.saved(page);
    await page.context().close();
  },
);
