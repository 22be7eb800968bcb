import type { Page } from 'playwright-core';
import type { SharedProduct } from './shared-product.js';

/** Opens a page of the console as the first administrator, by the form that stands before it. */
export async function signInTo(page: Page, path: string, product: SharedProduct): Promise<void> {
  await page.goto(product.consoleUrl + path);
  await page.getByLabel('E-mail').fill(product.admin?.email ?? '');
  await page.getByLabel('Password').fill(product.admin?.password ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
}
