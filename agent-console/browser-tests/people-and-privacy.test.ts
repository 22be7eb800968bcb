import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchBrowser, openPage, type WatchedPage } from './browser.js';
import { customerName } from './customer-name.js';
import { signInTo } from './sign-in.js';

// An admin's work on the whole product: invites, revokes, exports and erases, and finds all of it in the audit log.

const product = inject('product');

let browser: Browser;
let admin: WatchedPage;
let newcomer: WatchedPage;

beforeAll(async () => {
  browser = await launchBrowser();
  admin = await openPage(browser, { acceptDownloads: true });
  newcomer = await openPage(browser);
});
afterAll(async () => {
  await admin?.picture('people-and-privacy');
  await browser?.close();
});

const settings = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name });

test('an admin invites somebody, who comes in with the role they were given', async () => {
  const { page } = admin;
  await signInTo(page, '/settings/people', product);
  await page.getByRole('button', { name: 'Invite' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail').fill('mina@example.com');
  await dialog.getByLabel('Name').fill('Mina Fischer');
  await dialog.getByLabel('Role').selectOption('lead');
  await dialog.getByRole('button', { name: 'Invite' }).click();
  const link = await dialog.getByLabel('Link of the invitation').textContent();
  await dialog.getByRole('button', { name: 'Done' }).click();

  const other = newcomer.page;
  await other.goto(link ?? '');
  await other.getByLabel(/Password/).fill('a long enough password');
  await other.getByRole('button', { name: 'Come in' }).click();
  await other.getByRole('complementary', { name: 'Queue' }).waitFor();
  await other.goto(`${product.consoleUrl}/settings/people`);
  await other.getByText('People is not part of your role').waitFor();
  expect(await settings(other, 'People').count()).toBe(0);
});

test('ending their sessions reaches their open page', async () => {
  const { page } = admin;
  await page.reload();
  await page.getByRole('button', { name: 'End sessions of Mina Fischer' }).click();
  await newcomer.page.getByRole('dialog', { name: 'Sign in again' }).waitFor({ timeout: 20_000 });
  expect(await newcomer.page.getByLabel('E-mail').inputValue()).toBe('mina@example.com');
});

test('a customer is exported, erased, and gone', async () => {
  const { page } = admin;
  await page.goto(product.consoleUrl);
  await page.getByRole('complementary', { name: 'Queue' }).getByRole('listitem').first().click();
  await page.waitForURL('**/customers/*');
  const address = page.url();
  const name = await customerName(page);
  await page.goto(`${product.consoleUrl}/settings/privacy`);

  const begin = async (what: 'Export' | 'Erase'): Promise<void> => {
    await page.getByRole('button', { name: `${what} a customer` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name, e-mail, phone or id').fill(name);
    await dialog
      .getByRole('button', { name: new RegExp(name) })
      .first()
      .click();
    if (what === 'Erase') await dialog.getByLabel(/Type/).fill(name);
    await dialog.getByRole('button', { name: what === 'Export' ? 'Export' : 'Erase for good' }).click();
  };
  await begin('Export');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as JSON' }).click();
  const saved = JSON.parse(await readFile(await (await download).path(), 'utf8')) as {
    customerIds: string[];
    collections: Record<string, unknown[]>;
  };
  expect(saved.collections['events']?.length).toBeGreaterThan(0);

  await begin('Erase');
  await page.getByText('Looking once more').waitFor({ timeout: 30_000 });
  const [customerId = ''] = saved.customerIds;
  expect(address).toContain(encodeURIComponent(customerId));
  await page.goto(address);
  await page.getByText('could not be read').first().waitFor();
});

test('the audit log tells all of it', async () => {
  const { page } = admin;
  await page.goto(`${product.consoleUrl}/settings/audit`);
  const log = page.getByRole('list', { name: 'Changes' });
  await log.getByText('asked for a privacy request about').first().waitFor();
  await log.getByText('fetched the export of').first().waitFor();
  await log.getByText('ended all sessions of').first().waitFor();
  await page.getByLabel('What').selectOption('people');
  await log.getByText('invited').first().waitFor();
  await log.getByText('fetched the export of').first().waitFor({ state: 'detached' });
  expect(await log.getByRole('listitem').count()).toBeGreaterThan(1);
});
