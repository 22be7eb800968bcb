import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type OpenConsole, openConsole } from '../src/testing/open-console.js';
import { violationsInBoth } from './axe.js';
import { launchBrowser } from './browser.js';

// Whose what was typed is, and what it was typed over.

let segue: OpenConsole;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  segue = await openConsole(40);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await segue?.close();
});
beforeEach(async () => {
  segue.shop.reset();
  segue.shop.actAs('marketer');
  page = await segue.signedIn(browser, { bypassCSP: true });
  page.on('dialog', (dialog) => void dialog.accept());
});
afterEach(async () => {
  await page.context().close();
});

const timeZone = () => page.getByLabel('Time zone');
const overtaken = () => page.getByText('Changed since you wrote this by Mina Fischer');

async function signInAgainAs(email: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByLabel('Password').fill(segue.shop.password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'detached' });
}

test('what somebody typed is not there for the next person who signs in over the page', async () => {
  await page.goto(`${segue.url}/policies`);
  await timeZone().fill('Europe/Paris');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  segue.shop.becomeAgent({ agentId: 'agt_9', email: 'tom@example.com', name: 'Tom Okello' });
  await signInAgainAs('tom@example.com');
  await expect.poll(() => timeZone().inputValue()).toBe('');
  await page.reload();
  await timeZone().waitFor();
  expect(await timeZone().inputValue()).toBe('');
});

test('a session that ended and another person’s sign-in in the same tab: nothing of the first is there', async () => {
  await page.goto(`${segue.url}/journeys/abandoned-basket`);
  await page.getByRole('radio', { name: 'Edit' }).check({ force: true });
  const definition = page.getByLabel('Definition in YAML');
  await definition.fill('# half a journey');
  await page.goto(`${segue.url}/policies`);
  await timeZone().fill('Europe/Paris');
  await page.context().clearCookies();
  await page.goto(`${segue.url}/sign-in?next=%2Fpolicies`);
  segue.shop.becomeAgent({ agentId: 'agt_9', email: 'tom@example.com', name: 'Tom Okello' });
  await page.getByLabel('E-mail').fill('tom@example.com');
  await page.getByLabel('Password').fill(segue.shop.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/policies');
  await timeZone().waitFor();
  expect(await timeZone().inputValue()).toBe('');
  await page.goto(`${segue.url}/journeys/abandoned-basket`);
  await page.getByRole('radio', { name: 'Edit' }).check({ force: true });
  await definition.waitFor();
  expect(await definition.inputValue()).not.toContain('half a journey');
});

test('a colleague’s publish is told before a kept edit undoes it, and both can be looked at', async () => {
  await page.goto(`${segue.url}/policies`);
  await timeZone().fill('Europe/Paris');
  segue.shop.catalogue.publishPolicies('Mina Fischer', { diversity: { maxPerGroup: 1 } });
  await page.reload();
  await overtaken().waitFor();
  expect(await timeZone().inputValue()).toBe('Europe/Paris');
  await page.getByRole('button', { name: 'Look at both' }).click();
  const dialog = page.getByRole('dialog', { name: 'Yours and theirs' });
  await dialog.getByText('maxPerGroup: 1').waitFor();
  expect(await dialog.getByText('timeZone: Europe/Paris').count()).toBe(1);
  expect(await violationsInBoth(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Take theirs' }).click();
  await overtaken().waitFor({ state: 'detached' });
  expect(await timeZone().inputValue()).toBe('');
  expect(await page.getByLabel('At most of a group').inputValue()).toBe('1');
});

test('who keeps theirs is asked once, and again when something else comes in between', async () => {
  await page.goto(`${segue.url}/policies`);
  await timeZone().fill('Europe/Paris');
  segue.shop.catalogue.publishPolicies('Mina Fischer', { diversity: { maxPerGroup: 1 } });
  await page.reload();
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await overtaken().waitFor({ state: 'detached' });
  await page.reload();
  await timeZone().waitFor();
  expect(await timeZone().inputValue()).toBe('Europe/Paris');
  expect(await overtaken().count()).toBe(0);
  segue.shop.catalogue.publishPolicies('Mina Fischer', { diversity: { maxPerGroup: 2 } });
  await page.reload();
  await overtaken().waitFor();
  expect(await violationsInBoth(page)).toEqual([]);
});
