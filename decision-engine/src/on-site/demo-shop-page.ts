import { createHash, randomUUID } from 'node:crypto';
import { createApiKey } from '../access/api-keys.js';
import type { Running } from '../api/running.js';
import { html } from '../customer-pages/markup.js';
import { PAGE_STYLE } from '../customer-pages/page-style.js';
import { takeEvents } from '../engine/take-events.js';
import { readNote, writeNote } from '../store/notes.js';

const NOTE = 'demo-page-key';

/** A key for pages is public, so it may be kept as it is. */
async function publicKey({ engine }: Running): Promise<string> {
  const known = await readNote(engine.store, NOTE);
  if (known !== null) return known;
  const now = engine.clock();
  const key = await createApiKey(engine.store, { name: 'demo shop page', scopes: ['placements'], now });
  await writeNote(engine.store, { name: NOTE, text: key, at: now });
  return key;
}

/** A visitor who looked at a lamp and put it into the basket. */
async function newVisitor({ engine, changed }: Running): Promise<string> {
  const anonymousId = `demo-page-${randomUUID()}`;
  const at = engine.clock();
  const event = {
    type: 'track',
    anonymousId,
    timestamp: at,
    receivedAt: at,
    traits: {},
    context: {},
  } as const;
  const lamp = { product_id: 'lamp', name: 'Blue lamp', price: 39, quantity: 1 };
  const { customerIds } = await takeEvents(engine, [
    { ...event, messageId: randomUUID(), name: 'Product Viewed', properties: lamp },
    {
      ...event,
      messageId: randomUUID(),
      name: 'Product Added',
      properties: { ...lamp, cart_id: anonymousId },
    },
  ]);
  changed(customerIds);
  return anonymousId;
}

const START = `
for (const button of document.querySelectorAll('button[data-format]'))
  button.addEventListener('click', async () => {
    const shown = await segue.show('demo-' + button.dataset.format, {
      format: button.dataset.format, target: document.getElementById('place') });
    document.getElementById('state').textContent = shown ? 'Shown.' : 'Nothing fits this visitor now.';
  });
`;
const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** A page of the demo shop with the script in it, and a visitor of its own. */
export async function demoShopPage(
  running: Running,
): Promise<{ readonly html: string; readonly policy: string }> {
  const [key, visitor] = [await publicKey(running), await newVisitor(running)];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Demo shop</title>
<style>${{ markup: PAGE_STYLE }}</style>
</head>
<body>
<main>
<p class="from">Demo shop</p>
<section class="card"><h1>Blue lamp</h1>
<p>39.00. You are a new visitor and this lamp is in your basket. See what Segue would show you here.</p>
<p class="scale"><button type="button" data-format="popup">Pop-up</button> <button type="button" data-format="banner">Banner</button>
<button type="button" data-format="embedded">In the page</button></p>
<p id="state" role="status" class="quiet"></p>
<div id="place"></div></section>
</main>
<script src="/segue.js" data-key="${key}" data-anonymous-id="${visitor}"></script>
<script>${{ markup: START }}</script>
</body>
</html>
`;
  const policy = [
    "default-src 'none'",
    `style-src ${sourceOf(PAGE_STYLE)}`,
    `script-src 'self' ${sourceOf(START)}`,
    "connect-src 'self'",
    'img-src https: data:',
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return { html: page.markup, policy };
}
