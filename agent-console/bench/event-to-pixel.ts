import type { Browser, BrowserContext, Page } from 'playwright-core';
import { io, type Socket } from 'socket.io-client';
import { launchBrowser } from '../browser-tests/browser';
import { addToBasket, makeApiKey, userIdOf } from '../browser-tests/send-events';
import type { SharedProduct } from '../browser-tests/shared-product';
import { signInTo } from '../browser-tests/sign-in';
import type { ClientToServer, ServerToClient } from '../src/engine/engine-types';
import { type Summary, summaryOf } from './samples';

type LiveSocket = Socket<ServerToClient, ClientToServer>;

/** After this long without showing, in milliseconds, an event counts as lost. */
const LOST = 5000;

const BENCH_NAMES = /Bench blanket \d+-\d+/g;

declare global {
  interface Window {
    /** When the page first showed a text, in milliseconds since the epoch. */
    shown?: Map<string, number>;
  }
}

type Options = {
  product: SharedProduct;
  /** Agents with a live connection, those with an open page among them. */
  agents: number;
  pages: number;
  events: number;
  /** Events a second, one after the other round the open pages. */
  rate: number;
};

export type EventToPixel = {
  agents: number;
  pages: number;
  rate: number;
  lost: number;
  /** Milliseconds from the answer "accepted" until another agent's connection hears of the event: what the engine takes. */
  untilPushed: Summary;
  /** Milliseconds from the answer "accepted" until the event is in the open page. */
  fromAccepted: Summary;
  /** The same from when it was sent. */
  fromSent: Summary;
};

/** How long an event takes from the API onto the open page of its customer, with many agents connected. */
export async function measureEventToPixel(options: Options): Promise<EventToPixel> {
  const { product, agents, pages: pageCount, events, rate } = options;
  const apiKey = await makeApiKey(product.dataFolder);
  const browsers: Browser[] = [];
  const sockets: LiveSocket[] = [];
  try {
    // Chromium paints the tab in front alone as it should, so each agent who looks has a browser of their own.
    const newContext = async (from?: BrowserContext): Promise<BrowserContext> => {
      const browser = await launchBrowser();
      browsers.push(browser);
      const storageState = await from?.storageState();
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        ...(storageState === undefined ? {} : { storageState }),
      });
      await context.addInitScript(noteWhatShows);
      return context;
    };
    const context = await newContext();
    const first = await context.newPage();
    await signInTo(first, '/', product);
    const rows = first.getByRole('complementary', { name: 'Queue' }).getByRole('link');
    await rows.first().waitFor();
    const links = await rows.evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
    const customers = [...new Set(links.filter((link) => link.startsWith('/customers/')))];
    const cookies = await context.cookies(product.apiUrl);
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const open: { page: Page; userId: string }[] = [];
    for (const path of customers.slice(0, pageCount)) {
      const page = open.length === 0 ? first : await (await newContext(context)).newPage();
      await page.goto(product.consoleUrl + path);
      await page.getByRole('button', { name: /^Live:/ }).waitFor();
      await page.getByRole('heading', { name: 'Timeline' }).waitFor();
      await page.mouse.move(720, 4);
      open.push({ page, userId: await userIdOf(page, product.apiUrl) });
    }
    const pushedAt = new Map<string, number>();
    for (let index = open.length; index < agents; index += 1) {
      const path = customers[index % customers.length] ?? '';
      const socket = await connect({
        product,
        cookie,
        customerId: decodeURIComponent(path.split('/').at(-1) ?? ''),
      });
      socket.on('customer:changed', (change) => {
        for (const [name] of JSON.stringify(change).matchAll(BENCH_NAMES))
          if (!pushedAt.has(name)) pushedAt.set(name, now());
      });
      sockets.push(socket);
    }
    const accepted: { name: string; page: Page; sentAt: number; acceptedAt: number }[] = [];
    const began = performance.now();
    const sends: Promise<void>[] = [];
    for (let index = 0; index < events; index += 1) {
      const due = began + (index * 1000) / rate;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      const target = open[index % open.length];
      if (target === undefined) throw new Error('Expected an open page, got none');
      const name = `Bench blanket ${index}-${Math.round(began)}`;
      sends.push(
        (async () => {
          const sentAt = now();
          await addToBasket({ apiUrl: product.apiUrl, apiKey, userId: target.userId, name });
          accepted.push({ name, page: target.page, sentAt, acceptedAt: now() });
        })(),
      );
    }
    await Promise.all(sends);
    await new Promise((resolve) => setTimeout(resolve, LOST));
    const seen = await Promise.all(
      open.map(
        async ({ page }) => [page, new Map(await page.evaluate(() => [...(window.shown ?? [])]))] as const,
      ),
    );
    const shownAt = new Map(seen);
    const found = accepted.flatMap(({ name, page, sentAt, acceptedAt }) => {
      const at = shownAt.get(page)?.get(name);
      return at === undefined ? [] : [{ fromAccepted: Math.max(0, at - acceptedAt), fromSent: at - sentAt }];
    });
    return {
      agents: open.length + sockets.length,
      pages: open.length,
      rate,
      lost: events - found.length,
      untilPushed: summaryOf(
        accepted.flatMap(({ name, acceptedAt }) => {
          const at = pushedAt.get(name);
          return at === undefined ? [] : [Math.max(0, at - acceptedAt)];
        }),
      ),
      fromAccepted: summaryOf(found.map(({ fromAccepted }) => fromAccepted)),
      fromSent: summaryOf(found.map(({ fromSent }) => fromSent)),
    };
  } finally {
    for (const socket of sockets) socket.disconnect();
    await Promise.all(browsers.map((browser) => browser.close()));
  }
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

/** Runs in the page: keeps the time at which each of the events' names was painted first. */
function noteWhatShows(): void {
  const shown = new Map<string, number>();
  window.shown = shown;
  const look = (): void => {
    for (const [name] of document.body.textContent.matchAll(/Bench blanket \d+-\d+/g)) {
      if (shown.has(name)) continue;
      shown.set(name, Number.NaN);
      // In the document is not yet on the screen: the frame after the next callback is.
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => shown.set(name, performance.timeOrigin + performance.now());
        channel.port2.postMessage(null);
      });
    }
  };
  document.addEventListener('DOMContentLoaded', () => {
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
}

type ConnectOptions = { product: SharedProduct; cookie: string; customerId: string };

async function connect({ product, cookie, customerId }: ConnectOptions): Promise<LiveSocket> {
  const socket: LiveSocket = io(product.apiUrl, {
    path: '/live',
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie, origin: product.consoleUrl },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve());
    socket.once('connect_error', reject);
  });
  await socket.emitWithAck('customer:follow', customerId);
  return socket;
}
