import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type FakeEngine, startFakeEngine } from './fake-engine';
import { FakeShop } from './fake-shop';
import { type ServedConsole, serveConsole } from './serve-console';

export type OpenConsole = {
  shop: FakeShop;
  engine: FakeEngine;
  url: string;
  /** A signed-in page in a browser profile of its own. */
  signedIn: (browser: Browser, options?: BrowserContextOptions) => Promise<Page>;
  close: () => Promise<void>;
};

/** The built console on a shop in memory, for tests and pictures of the console alone. */
export async function openConsole(
  customers: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<OpenConsole> {
  const shop = new FakeShop(customers, Date.now);
  const engine = await startFakeEngine(shop, 0);
  const served: ServedConsole = await serveConsole(engine.port, settings);
  return {
    shop,
    engine,
    url: served.url,
    signedIn: async (browser, options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      await context.addCookies([{ name: 'fake', value: '1', domain: '127.0.0.1', path: '/' }]);
      return context.newPage();
    },
    close: async () => {
      await served.close();
      await engine.close();
    },
  };
}
