import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { violationsInBoth } from './axe.js';
import { PLAN_PAGES } from './plan-pages.js';
import { SCREENS } from './screens.js';

/** What marketers, data scientists and analysts do, and the pages they do it on; each step throws where it fails. */

/** A marketer forbids promotional e-mails, sees what that would do, publishes it and brings the former rules back. */
export async function changeACap(page: Page, consoleUrl: string): Promise<{ stoppedMore: string }> {
  await page.goto(`${consoleUrl}/policies`);
  await page.getByText('At most 2 promotional e-mails a week').first().click();
  await page.getByRole('textbox', { name: 'At most', exact: true }).fill('0');
  const save = page.getByRole('button', { name: 'Save as a draft' });
  await withoutNetwork(page, async () => {
    await save.click();
    await page.getByText('Segue does not answer.').first().waitFor();
  });
  // What was typed is still there, and goes through now.
  await save.click();
  await page.waitForURL('**/policies?draft=*');
  await page.getByText('Saved in the draft.').waitFor();
  await page.getByRole('link', { name: 'Review, simulate, publish' }).click();
  await page.getByText('contact.limits[At most 2 promotional e-mails a week].max').waitFor();
  await page.getByRole('button', { name: 'Simulate' }).click();
  const stopped = page.getByRole('row', { name: /^contactPolicy: At most 2 promotional e-mails a week/ });
  await stopped.waitFor({ timeout: 120_000 });
  const stoppedMore = (await stopped.getByRole('cell').last().textContent()) ?? '';
  await page.getByLabel('Why').fill('No promotional e-mails, to see');
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.waitForURL('**/catalogue/history');
  await page.getByText('No promotional e-mails, to see').waitFor();
  await page.getByRole('button', { name: 'Bring back… revision 1' }).click();
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await page.getByText('brings revision 1 back').waitFor();
  return { stoppedMore };
}

async function withoutNetwork(page: Page, work: () => Promise<void>): Promise<void> {
  const calls = '**/trpc/**';
  await page.route(calls, (route) => route.abort());
  await work();
  await page.unroute(calls);
}

/** A mistake in an action is shown at its field, and its words are previewed for a customer. */
export async function editAnAction(page: Page, consoleUrl: string): Promise<void> {
  await page.goto(`${consoleUrl}/catalogue/actions/basket-10-off`);
  await page.getByRole('textbox', { name: 'Cost when accepted' }).fill('-3');
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  await page.getByText('Expected to be >= 0, got -3').first().waitFor();
  await page.locator('summary', { hasText: 'email:' }).click();
  await page.locator('details[open] summary', { hasText: 'Preview for a customer' }).click();
  await page.getByPlaceholder('The beginning of a name').filter({ visible: true }).fill('a');
  await page.getByText('would read it').waitFor();
}

/** A copy of the version in force, as a training that came to the same would leave it. @returns its name and the one it was made from */
export async function addVersion(dataFolder: string): Promise<{ inForce: string; added: string }> {
  const models = join(dataFolder, 'models', 'churn');
  const pointer: unknown = JSON.parse(await readFile(join(models, 'champion.json'), 'utf8'));
  const inForce = String(Reflect.get(Object(pointer), 'version'));
  const added = '29990101T000000Z';
  await cp(join(models, inForce), join(models, added), { recursive: true });
  const manifest = join(models, added, 'manifest.json');
  const told: unknown = JSON.parse(await readFile(manifest, 'utf8'));
  await writeFile(manifest, JSON.stringify({ ...Object(told), version: added }));
  return { inForce, added };
}

/** A data scientist puts a version in force and rolls it back; each time it serves without a restart. */
export async function promoteAndRollBack(
  page: Page,
  consoleUrl: string,
  { inForce, added }: { readonly inForce: string; readonly added: string },
): Promise<void> {
  const serving = page.getByRole('status').filter({ hasText: 'Serving' });
  await page.goto(`${consoleUrl}/models`);
  await page.getByRole('link', { name: /Churn/ }).click();
  await serving.filter({ hasText: inForce }).waitFor();
  await page.getByRole('button', { name: `Put in force… ${added}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('The gate lets it in: not worse than').waitFor();
  await dialog.getByRole('button', { name: 'Put in force' }).click();
  await serving.filter({ hasText: added }).waitFor();
  await page.getByRole('button', { name: 'Roll back…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
  await serving.filter({ hasText: inForce }).waitFor();
}

/** What axe finds on the pages, and pages wider than the screen, in light and dark, wide and narrow. */
export async function faultsOf(
  browser: Browser,
  consoleUrl: string,
  session: Awaited<ReturnType<BrowserContext['storageState']>>,
): Promise<string[]> {
  const faults: string[] = [];
  for (const viewport of Object.values(SCREENS)) {
    const context = await browser.newContext({ viewport, storageState: session, bypassCSP: true });
    const page = await context.newPage();
    for (const { path } of PLAN_PAGES) {
      const where = `${path}, ${viewport.width}`;
      await page.goto(consoleUrl + path);
      await page.locator('main[aria-busy="false"]').waitFor();
      faults.push(...(await violationsInBoth(page)).map((fault) => `${where}: ${fault}`));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > viewport.width) faults.push(`${where}: is ${width} wide`);
    }
    await context.close();
  }
  return faults;
}

/** Compressed script of each page, in bytes. */
export async function scriptOf(page: Page, consoleUrl: string): Promise<Map<string, number>> {
  const bytes = new Map<string, number>();
  for (const { path } of PLAN_PAGES) {
    await page.goto(consoleUrl + path, { waitUntil: 'networkidle' });
    bytes.set(
      path,
      await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .filter((entry): entry is PerformanceResourceTiming => entry instanceof PerformanceResourceTiming)
          .filter((entry) => new URL(entry.name).pathname.endsWith('.js'))
          .reduce((sum, entry) => sum + entry.encodedBodySize, 0),
      ),
    );
  }
  return bytes;
}
