import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const pictures = fileURLToPath(new URL('../.test-results/', import.meta.url));

const DEBIANS_OWN = '/usr/bin/chromium';

/** A Chromium without a window that talks to nobody but the pages it is sent to. @param more switches of Chromium */
export function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const named = process.env['SEGUE_BROWSER'] || (existsSync(DEBIANS_OWN) ? DEBIANS_OWN : undefined);
  return chromium.launch({
    ...(named === undefined ? {} : { executablePath: named }),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}

/** A page in a session of its own, and everything that went wrong on it. */
export type WatchedPage = {
  readonly page: Page;
  /** Errors on the page and in its console, and requests to other machines, in the order they came. */
  readonly problems: readonly string[];
  /** Keeps a picture of the page among the test results. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
};

/** Opens a page that may only reach this machine; a request to any other is refused and noted. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const problems: string[] = [];
  await context.route(
    (url) => !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname),
    (route) => {
      problems.push(`asked for ${route.request().url()}`);
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(`error on the page: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`error in the console: ${message.text()}`);
  });
  return {
    page,
    problems,
    async picture(name) {
      await mkdir(pictures, { recursive: true });
      await page.screenshot({ path: `${pictures}${name}.png` });
    },
    close: () => context.close(),
  };
}
