import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { person } from '../src/testing/fixtures.js';
import { type OpenConsole, openConsole } from '../src/testing/open-console.js';
import { launchBrowser } from './browser.js';
import { type HelpDesk, startHelpDesk } from './help-desk-host.js';

// Pages that play Chatwoot, Zendesk and any other host, on another site than Segue; third-party cookies are blocked.

declare global {
  interface Window {
    asked: number;
    show: (sender: object, currentAgent?: object) => void;
    invoked: unknown[][];
    change: (requester: object) => void;
    inserted: string[];
    sidebar: { show: (customer: object | null) => void };
  }
}

let desk: HelpDesk;
let stranger: HelpDesk;
let segue: OpenConsole;
let browser: Browser;
let url = '';

beforeAll(async () => {
  desk = await startHelpDesk(() => url);
  stranger = await startHelpDesk(() => url);
  segue = await openConsole(40, { SEGUE_EMBED_ORIGINS: desk.origin });
  url = segue.url;
  browser = await launchBrowser(['--test-third-party-cookie-phaseout']);
});
afterAll(async () => {
  await browser?.close();
  await segue?.close();
  await desk?.close();
  await stranger?.close();
});
beforeEach(() => segue.shop.reset());

const sender = (index: number) => ({ id: index, name: person(index).name, email: person(index).email });
const inside = (page: Page): FrameLocator => page.frameLocator('iframe[title="Segue"]');
const named = (page: Page, index: number) =>
  inside(page).getByText(person(index).name, { exact: true }).filter({ visible: true });

/** Opens the host's page, and lets the agent sign in by the window, which closes by itself. */
async function signedIn(path: string): Promise<Page> {
  const page = await segue.signedIn(browser, { viewport: { width: 420, height: 760 } });
  await page.goto(desk.url + path);
  const popup = page.waitForEvent('popup');
  await inside(page).getByRole('button', { name: 'Sign in' }).click();
  const window_ = await popup;
  if (!window_.isClosed()) await window_.waitForEvent('close');
  return page;
}

describe('in Chatwoot', () => {
  test('the customer of the conversation shows, with what to do next', async () => {
    const page = await signedIn('/chatwoot');
    await page.evaluate((who) => window.show(who), sender(0));
    await named(page, 0).waitFor();
    await inside(page).getByRole('heading', { name: 'Offer free express' }).waitFor();
    expect(await page.evaluate(() => window.asked)).toBeGreaterThan(0);
    expect(await inside(page).getByRole('button', { name: 'Put into the reply' }).count()).toBe(0);
    // Nothing is wider than the sidebar.
    const frame = page.frames().find((each) => each.url().endsWith('/embed'));
    expect(await frame?.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.context().close();
  });

  test('of conversations switched in a hurry the last one shows, whatever answer comes last', async () => {
    const page = await signedIn('/chatwoot');
    let held = 0;
    await page.route(/customer\.resolve/, async (route) => {
      held += 1;
      // The first ones are the slowest.
      await new Promise((resolve) => setTimeout(resolve, held <= 3 ? 400 : 0));
      await route.continue().catch(() => {});
    });
    await page.evaluate((people) => {
      for (const who of people) window.show(who);
    }, [1, 2, 3, 4, 5].map(sender));
    await named(page, 5).waitFor();
    await page.evaluate((who) => window.show(who), sender(6));
    await named(page, 6).waitFor();
    await page.waitForResponse(/./, { timeout: 700 }).catch(() => null);
    expect(await named(page, 6).count()).toBe(1);
    for (const index of [1, 2, 3, 4, 5]) expect(await named(page, index).count()).toBe(0);
    await page.context().close();
  });

  test('a forged agent gets nobody in, and nobody else', async () => {
    const page = await segue.signedIn(browser);
    await page.goto(`${desk.url}/chatwoot`);
    const boss = { id: 1, name: 'The Boss', email: 'dana@example.com', role: 'admin', token: 'fake-token' };
    await page.evaluate(([who, agent]) => window.show(who ?? {}, agent), [sender(0), boss]);
    await inside(page).getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await named(page, 0).count()).toBe(0);
    await page.context().close();
  });

  test('who is not known, or has no identity, is said so', async () => {
    const page = await signedIn('/chatwoot');
    await page.evaluate(() => window.show({ id: 9, name: 'Nora New', email: 'nora@new.example' }));
    await inside(page).getByText('Nora New is not known to Segue').waitFor();
    await page.evaluate(() => window.show({ id: 9, name: 'Nora New' }));
    await inside(page).getByText('Nora New has no identity here').waitFor();
    expect(await inside(page).getByRole('heading', { name: 'Offer free express' }).count()).toBe(0);
    await page.context().close();
  });

  test('without cookies of its own: the token is in memory, and gone with a reload', async () => {
    const page = await signedIn('/chatwoot');
    const cookies: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/trpc/')) cookies.push(request.headers()['cookie']);
    });
    await page.evaluate((who) => window.show(who), sender(2));
    await named(page, 2).waitFor();
    expect(cookies.length).toBeGreaterThan(0);
    expect(cookies.every((each) => each === undefined)).toBe(true);
    await page.reload();
    await inside(page).getByRole('button', { name: 'Sign in' }).waitFor();
    await page.context().close();
  });
});

test('a page of an origin that is not allowed shows nothing', async () => {
  const page = await segue.signedIn(browser);
  const refused = new Promise<string>((resolve) => {
    page.on('console', (message) => {
      if (message.text().includes('frame-ancestors')) resolve(message.text());
    });
  });
  await page.goto(`${stranger.url}/chatwoot`);
  expect(await refused).toContain(desk.origin);
  expect(await inside(page).getByRole('button').count()).toBe(0);
  await page.context().close();
});

test('in Zendesk the requester shows, and words go into the reply as text', async () => {
  const page = await signedIn('/zendesk');
  await page.evaluate((who) => window.change(who), { email: person(0).email });
  await named(page, 0).waitFor();
  const words = inside(page).getByLabel('What to say');
  await words.fill('Dear <b>you</b>,\nit is on its way');
  await inside(page).getByRole('button', { name: 'Put into the reply' }).click();
  await page.waitForFunction(() => window.invoked.some(([name]) => name === 'comment.appendHtml'));
  expect(await page.evaluate(() => window.invoked)).toEqual([
    ['resize', { width: '100%', height: '620px' }],
    ['comment.appendHtml', 'Dear &lt;b&gt;you&lt;/b&gt;,<br>it is on its way'],
  ]);
  await page.evaluate((who) => window.change(who), { email: person(3).email });
  await named(page, 3).waitFor();
  await page.context().close();
});

test('in any page the script shows whom it is told, and hands words over', async () => {
  const page = await signedIn('/any');
  await page.evaluate((who) => window.sidebar.show(who), { email: person(0).email });
  await named(page, 0).waitFor();
  await inside(page).getByLabel('What to say').fill('Hello');
  await inside(page).getByRole('button', { name: 'Put into the reply' }).click();
  await page.waitForFunction(() => window.inserted.length > 0);
  expect(await page.evaluate(() => window.inserted)).toEqual(['Hello']);
  await page.evaluate(() => window.sidebar.show(null));
  await inside(page).getByText('has no identity here').waitFor();
  await page.context().close();
});
