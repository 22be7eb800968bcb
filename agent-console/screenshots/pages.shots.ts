import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../browser-tests/browser';
import { CONSOLE_PAGES } from '../src/testing/console-pages';
import { type OpenConsole, openConsole } from '../src/testing/open-console';

const folder = fileURLToPath(new URL('../.test-results/screenshots/', import.meta.url));
const SCREENS = [
  { name: 'wide', width: 1440, height: 900 },
  { name: 'medium', width: 1024, height: 768 },
  { name: 'narrow', width: 360, height: 780 },
] as const;
const SCHEMES = ['light', 'dark'] as const;
/** Not signed in yet, a wrong password, a page that is not there: the browser notes each as an error. */
const EXPECTED = /status of (?:401|404)/;
// biome-ignore lint/style/noProcessEnv: `SHOTS=outbox,decision npm run screenshots` takes those alone
const wanted = process.env['SHOTS']?.split(',');

let segue: OpenConsole;
let browser: Browser;

beforeAll(async () => {
  segue = await openConsole(140);
  browser = await launchBrowser();
  if (wanted === undefined) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
});
afterAll(async () => {
  await browser.close();
  await segue.close();
});

function pagesFor(screen: string) {
  return CONSOLE_PAGES.filter(({ name, only }) => {
    if (wanted !== undefined && !wanted.includes(name)) return false;
    return screen === 'medium' ? name === 'customer' : only === undefined || only === screen;
  });
}

for (const screen of SCREENS) {
  for (const scheme of SCHEMES) {
    test(`${screen.name}, ${scheme}`, async () => {
      const problems: string[] = [];
      for (const { name, path, arrange, signedOut, as } of pagesFor(screen.name)) {
        segue.shop.reset();
        if (as !== undefined) segue.shop.actAs(as);
        const page = await segue.signedIn(browser, { viewport: screen, colorScheme: scheme });
        if (signedOut) await page.context().clearCookies();
        page.on('pageerror', (error) => problems.push(`${name}: ${error.message}`));
        page.on('console', (message) => {
          if (message.type() === 'error' && !EXPECTED.test(message.text()))
            problems.push(`${name}: ${message.text()}`);
        });
        await page.goto(segue.url + path, { waitUntil: 'networkidle' });
        await arrange?.(page, segue.shop);
        // Pictures show the page at rest, not half-way through a motion.
        await page.waitForTimeout(250);
        await page.screenshot({ path: `${folder}${name}-${screen.name}-${scheme}.png` });
        await page.context().close();
      }
      expect(problems).toEqual([]);
    });
  }
}
