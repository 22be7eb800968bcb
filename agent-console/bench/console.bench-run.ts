import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { launchBrowser } from '../browser-tests/browser';
import { PLAN_PAGES } from '../browser-tests/plan-pages';
import { signInTo } from '../browser-tests/sign-in';
import { startProduct } from '../browser-tests/start-product';
import { CONSOLE_PAGES } from '../src/testing/console-pages';
import { openConsole } from '../src/testing/open-console';
import { type EventToPixel, measureEventToPixel } from './event-to-pixel';
import { type FirstLoad, measureFirstLoad } from './first-load';
import { type ListScroll, measureListScroll } from './list-scroll';

const folder = fileURLToPath(new URL('../.test-results/', import.meta.url));
const RUNS = 3;
const LONG_LIST = 10_000;

const say = (words: string): void => void process.stderr.write(`${words}\n`);

// Not a test: it measures, and says what it found. What must hold is in the browser tests.
test('the console, measured', async () => {
  const browser = await launchBrowser();
  try {
    say('A list of 10,000 customers ...');
    const list = await scrollList(browser);
    say('First loads at a fourth of the speed ...');
    const firstLoad = await loadConsolePages(browser);
    say('Events to pixels with 200 agents on the whole product (it trains its models first) ...');
    const { eventToPixel, planPages } = await onTheProduct(browser);
    const found = {
      machine: { cores: availableParallelism(), model: cpus()[0]?.model ?? 'unknown', node: process.version },
      eventToPixel,
      firstLoad: { runs: RUNS, pages: [...firstLoad, ...planPages] },
      list,
    };
    const text = `${JSON.stringify(found, null, 2)}\n`;
    await mkdir(folder, { recursive: true });
    await writeFile(`${folder}bench-console.json`, text);
    process.stdout.write(text);
    expect(eventToPixel.fromAccepted.count).toBeGreaterThan(0);
  } finally {
    await browser.close();
  }
}, 1_500_000);

async function scrollList(browser: Browser): Promise<ListScroll> {
  const segue = await openConsole(LONG_LIST);
  try {
    return await measureListScroll({ browser, segue, customers: LONG_LIST });
  } finally {
    await segue.close();
  }
}

async function loadConsolePages(browser: Browser): Promise<FirstLoad[]> {
  const segue = await openConsole(140);
  const pages = CONSOLE_PAGES.filter(
    ({ path, name }, index) =>
      CONSOLE_PAGES.findIndex((other) => other.path === path) === index && name !== 'not-found',
  );
  const found: FirstLoad[] = [];
  try {
    for (const { name, path, signedOut, as } of pages) {
      segue.shop.reset();
      if (as !== undefined) segue.shop.actAs(as);
      const newContext = async () => {
        const context = (await segue.signedIn(browser)).context();
        if (signedOut) await context.clearCookies();
        return context;
      };
      found.push(await measureFirstLoad({ browser, name, url: segue.url + path, runs: RUNS, newContext }));
    }
  } finally {
    await segue.close();
  }
  return found;
}

async function onTheProduct(
  browser: Browser,
): Promise<{ eventToPixel: EventToPixel; planPages: FirstLoad[] }> {
  const product = await startProduct({ readyWithinMs: 420_000 });
  try {
    const eventToPixel = await measureEventToPixel({
      product,
      browser,
      agents: 200,
      pages: 4,
      events: 200,
      rate: 5,
    });
    const page = await browser.newPage();
    await signInTo(page, '/', product);
    await page.getByRole('complementary', { name: 'Queue' }).waitFor();
    const storageState = await page.context().storageState();
    await page.context().close();
    const newContext = () => browser.newContext({ storageState, viewport: { width: 1440, height: 900 } });
    const planPages: FirstLoad[] = [];
    for (const { name, path } of PLAN_PAGES)
      planPages.push(
        await measureFirstLoad({ browser, name, url: product.consoleUrl + path, runs: RUNS, newContext }),
      );
    return { eventToPixel, planPages };
  } finally {
    await product.stop();
  }
}
