import type { Browser } from 'playwright-core';
import type { OpenConsole } from '../src/testing/open-console';
import { type Summary, summaryOf } from './samples';

/** What 60 frames a second leave for one, and from when on one was left out, in milliseconds. */
const FRAME = 1000 / 60;
const LEFT_OUT = 1.5 * FRAME;

export type ListScroll = {
  customers: number;
  /** Rows that were scrolled past. */
  rows: number;
  framesPerSecond: number;
  /** Share of the frames that took more than one and a half times their time. */
  leftOut: number;
  /** Milliseconds from frame to frame. */
  between: Summary;
};

type Options = { browser: Browser; segue: OpenConsole; customers: number };

/** Scrolls the queue from end to end, once to have all of it read and once to be measured. */
export async function measureListScroll({ browser, segue, customers }: Options): Promise<ListScroll> {
  const page = await segue.signedIn(browser);
  try {
    await page.goto(segue.url, { waitUntil: 'networkidle' });
    const list = page.getByRole('complementary', { name: 'Queue' }).getByRole('list');
    await list.waitFor();
    // Reads page after page until the whole list has its height.
    await list.evaluate(async (element, rows) => {
      const scroller = element.parentElement;
      if (scroller === null) return;
      const end = performance.now() + 120_000;
      while (element.clientHeight < rows * 56 && performance.now() < end) {
        scroller.scrollTop = scroller.scrollHeight;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      scroller.scrollTop = 0;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }, customers);
    const { gaps, scrolled } = await list.evaluate(async (element) => {
      const scroller = element.parentElement;
      const gaps: number[] = [];
      if (scroller === null) return { gaps, scrolled: 0 };
      const began = performance.now();
      const seconds = 6;
      const far = scroller.scrollHeight - scroller.clientHeight;
      let last = await new Promise<number>(requestAnimationFrame);
      while (last - began < seconds * 1000) {
        // Fast flicks through everything first, then at the pace of somebody who reads.
        const share = (last - began) / (seconds * 1000);
        if (share < 0.5) scroller.scrollTop = far * share * 2;
        else scroller.scrollTop -= 40;
        const next = await new Promise<number>(requestAnimationFrame);
        gaps.push(next - last);
        last = next;
      }
      return { gaps, scrolled: far };
    });
    const total = gaps.reduce((sum, gap) => sum + gap, 0);
    return {
      customers,
      rows: Math.round(scrolled / 56),
      framesPerSecond: Math.round((gaps.length / total) * 10_000) / 10,
      leftOut: Math.round((gaps.filter((gap) => gap > LEFT_OUT).length / gaps.length) * 1000) / 1000,
      between: summaryOf(gaps),
    };
  } finally {
    await page.context().close();
  }
}
