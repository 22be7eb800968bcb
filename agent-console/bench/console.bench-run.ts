import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { launchBrowser } from '../browser-tests/browser';
import { PLAN_PAGES } from '../browser-tests/plan-pages';
import { signInTo } from '../browser-tests/sign-in';
import { CONSOLE_PAGES } from '../src/testing/console-pages';
import { openConsole } from '../src/testing/open-console';
import { type EventToPixel, measureEventToPixel } from './event-to-pixel';
import { type FirstLoad, measureFirstLoad, SLOW_DOWN } from './first-load';
import { type ListScroll, measureListScroll } from './list-scroll';
import { benchOptions } from './options';
import { startBenchProduct } from './start-bench-product';

const folder = fileURLToPath(new URL('../.test-results/', import.meta.url));
const RUNS = 3;
const LONG_LIST = 10_000;

const say = (words: string): void => void process.stderr.write(`${words}\n`);

const { data, only } = benchOptions();

// Not a test: it measures, and says what it found. What must hold is in the browser tests.
test('the console, measured', async () => {
  const browser = await launchBrowser();
  try {
    const list = only.has('list') ? await scrollList(browser) : null;
    const consolePages = only.has('load') ? await loadConsolePages(browser) : [];
    const { eventToPixel, planPages } =
      only.has('live') || only.has('plan-load')
        ? await onTheProduct(browser)
        : { eventToPixel: null, planPages: [] };
    const found = {
      machine: { cores: availableParallelism(), model: cpus()[0]?.model ?? 'unknown', node: process.version },
      eventToPixel,
      firstLoad: { runs: RUNS, slowDown: SLOW_DOWN, pages: [...consolePages, ...planPages] },
      list,
    };
    const text = `${JSON.stringify(found, null, 2)}\n`;
    await mkdir(folder, { recursive: true });
    await writeFile(`${folder}bench-console.json`, text);
    process.stdout.write(text);
    if (eventToPixel !== null) expect(eventToPixel.fromAccepted.count).toBeGreaterThan(0);
    expect(only.size).toBeGreaterThan(0);
  } finally {
    await browser.close();
  }
}, 1_500_000);

async function scrollList(browser: Browser): Promise<ListScroll> {
  say('A list of 10,000 customers ...');
  const segue = await openConsole(LONG_LIST);
  try {
    return await measureListScroll({ browser, segue, customers: LONG_LIST });
  } finally {
    await segue.close();
  }
}

async function loadConsolePages(browser: Browser): Promise<FirstLoad[]> {
  say('First loads at a fourth of the speed ...');
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
): Promise<{ eventToPixel: EventToPixel | null; planPages: FirstLoad[] }> {
  say(
    data === null
      ? 'Starting a small shop of its own, which trains its models first ...'
      : `Starting on a copy of ${data} ...`,
  );
  const product = await startBenchProduct(data);
  try {
    say(`Up after ${Math.round(product.startedInMs / 1000)} s.`);
    if (only.has('live')) say('Events to pixels with 200 agents ...');
    const eventToPixel = only.has('live')
      ? await measureEventToPixel({ product, agents: 200, pages: 3, events: 200, rate: 5 })
      : null;
    if (!only.has('plan-load')) return { eventToPixel, planPages: [] };
    say('First loads of the pages of marketers and analysts ...');
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
