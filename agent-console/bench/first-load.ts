import type { Browser, BrowserContext, Page } from 'playwright-core';
import { median } from './samples';

/** How many times slower than this machine. */
export const SLOW_DOWN = 4;

declare global {
  interface Window {
    load?: { painted: number; useful: number; shift: number };
  }
}

export type FirstLoad = {
  name: string;
  /** Milliseconds from the request until the largest piece of content was painted. */
  largestPaint: number;
  /** Milliseconds until the page has its heading and waits for nothing any more. */
  useful: number;
  /** The largest sum of layout shifts, in the unit of the Layout Instability API. */
  layoutShift: number;
};

type Options = {
  browser: Browser;
  name: string;
  url: string;
  runs: number;
  /** A session, in a browser profile of its own whose cache is empty. */
  newContext: (browser: Browser) => Promise<BrowserContext>;
};

/**
 * The first load of a page with an empty cache on a slow machine: the middle of some runs. One load goes before that is not
 * counted: what a server needs the first time it serves a page is not what its visitors wait for.
 */
export async function measureFirstLoad({
  browser,
  name,
  url,
  runs,
  newContext,
}: Options): Promise<FirstLoad> {
  const found: { painted: number; useful: number; shift: number }[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const context = await newContext(browser);
    const page = await context.newPage();
    await page.addInitScript(watchLoad);
    await slowDown(page);
    await page.goto(url, { waitUntil: 'networkidle' });
    await page.waitForFunction(() => (window.load?.useful ?? 0) > 0);
    const load = (await page.evaluate(() => window.load)) ?? { painted: 0, useful: 0, shift: 0 };
    if (run > 0) found.push(load);
    await context.close();
  }
  return {
    name,
    largestPaint: Math.round(median(found.map(({ painted }) => painted))),
    useful: Math.round(median(found.map(({ useful }) => useful))),
    layoutShift: Math.round(Math.max(...found.map(({ shift }) => shift)) * 1000) / 1000,
  };
}

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
}

/** Runs in the page. */
function watchLoad(): void {
  const load = { painted: 0, useful: 0, shift: 0 };
  window.load = load;
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) load.painted = startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if ('value' in entry && typeof entry.value === 'number') load.shift += entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
  const look = (): void => {
    const there = document.querySelector('h1, h2') !== null;
    const waits =
      document.querySelector('[aria-busy="true"], [aria-hidden="true"] [class*="skeleton"]') !== null;
    if (there && !waits) load.useful = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
