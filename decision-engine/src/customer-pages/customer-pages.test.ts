import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCustomer } from '../customers/find-customer.js';
import { startTestProduct, type TestProduct } from '../testing/test-product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
}, 30_000);
afterAll(() => product.close());

async function customer(userId: string, traits: Record<string, unknown> = {}): Promise<string> {
  await fetch(`${product.url}/v1/identify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${product.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      userId,
      traits: { email: `${userId}@example.com`, consent: { email: true }, ...traits },
    }),
  });
  return (await findCustomer(product.engine.store, { userId }))?._id ?? '';
}

async function consent(customerId: string): Promise<Record<string, [string, string]>> {
  const document = await findCustomer(product.engine.store, { customerId });
  return Object.fromEntries(
    (document?.consent ?? []).map(({ channel, purpose, state, source }) => [
      `${channel}.${purpose}`,
      [state, source],
    ]),
  );
}

const form = (fields: readonly (readonly [string, string])[]) =>
  new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value]));
const unsubscribeLink = (customerId: string) =>
  product.engine.links.make('unsubscribe', { customerId, channel: 'email', purpose: 'marketing' });

describe('unsubscribing', () => {
  test('looking at the link changes nothing, by GET or HEAD', async () => {
    const customerId = await customer('looks');
    const link = await unsubscribeLink(customerId);
    const response = await fetch(link);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<button name="confirm" value="yes">Unsubscribe</button>');
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
    expect(await consent(customerId)).toEqual({ 'email.marketing': ['granted', 'identify'] });
  });

  test.each([
    ['as RFC 8058 sends it', form([['List-Unsubscribe', 'One-Click']])],
    [
      'as multipart',
      (() => {
        const fields = new FormData();
        fields.set('List-Unsubscribe', 'One-Click');
        return fields;
      })(),
    ],
  ])('one click %s: 200, at once, without cookie or login', async (name, body) => {
    const customerId = await customer(`one-click-${name.length}`);
    const response = await fetch(await unsubscribeLink(customerId), { method: 'POST', body });
    expect([response.status, await response.text()]).toEqual([200, 'Unsubscribed.\n']);
    expect(await consent(customerId)).toEqual({ 'email.marketing': ['denied', 'one-click unsubscribe'] });
  });

  test('the page does it too, from a browser in which an agent is signed in', async () => {
    const customerId = await customer('by-page');
    const response = await fetch(await unsubscribeLink(customerId), {
      method: 'POST',
      body: form([['confirm', 'yes']]),
      headers: { origin: product.url, cookie: 'segue_session=whatever' },
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('You are unsubscribed');
    expect(await consent(customerId)).toEqual({ 'email.marketing': ['denied', 'unsubscribe page'] });
  });

  test('after a new yes the same link takes it back again', async () => {
    const customerId = await customer('again');
    const link = await unsubscribeLink(customerId);
    for (const _time of [1, 2]) {
      await fetch(link, { method: 'POST', body: form([['List-Unsubscribe', 'One-Click']]) });
      expect((await consent(customerId))['email.marketing']?.[0]).toBe('denied');
      await customer('again');
      expect((await consent(customerId))['email.marketing']?.[0]).toBe('granted');
    }
  });

  test('a forged link, a link of another kind: 404 and nothing changes', async () => {
    const customerId = await customer('forged');
    const link = await unsubscribeLink(customerId);
    const preferences = await product.engine.links.make('preferences', { customerId });
    for (const wrong of [`${link}x`, preferences.replace('/preferences/', '/unsubscribe/')]) {
      const response = await fetch(wrong, { method: 'POST', body: form([['confirm', 'yes']]) });
      expect(response.status).toBe(404);
    }
    expect((await consent(customerId))['email.marketing']?.[0]).toBe('granted');
  });

  test('of a customer who was erased: said so, and one click answers 200', async () => {
    const link = await unsubscribeLink('cus_erased');
    expect(await (await fetch(link)).text()).toContain('nothing stored about you');
    const oneClick = await fetch(link, { method: 'POST', body: form([['List-Unsubscribe', 'One-Click']]) });
    expect(oneClick.status).toBe(200);
  });

  test('a body that is too large or of another kind is refused', async () => {
    const customerId = await customer('large');
    const link = await unsubscribeLink(customerId);
    const large = await fetch(link, { method: 'POST', body: form([['x', 'y'.repeat(20_000)]]) });
    const json = await fetch(link, { method: 'POST', body: '<x/>', headers: { 'content-type': 'text/xml' } });
    expect([large.status, json.status]).toEqual([413, 415]);
    expect((await fetch(link, { method: 'DELETE' })).status).toBe(405);
    expect((await consent(customerId))['email.marketing']?.[0]).toBe('granted');
  });
});

describe('the preference page', () => {
  const preferences = (customerId: string) => product.engine.links.make('preferences', { customerId });
  const save = async (customerId: string, fields: readonly (readonly [string, string])[]) =>
    fetch(await preferences(customerId), { method: 'POST', body: form(fields), redirect: 'manual' });

  test('shows what holds, by whom it was said and when, and runs nothing', async () => {
    const customerId = await customer('reads', { firstName: '<b>Ada' });
    const response = await fetch(await preferences(customerId));
    const page = await response.text();
    expect(page).toMatch(/value="email\.marketing" aria-describedby="email\.marketing\.said" checked/);
    expect(page).toMatch(/You said yes on \d+ \w+ \d{4} in your account\./);
    expect(page).toContain('r…@example.com');
    expect(page).not.toContain('reads@example.com');
    expect(page).not.toMatch(/<script|<b>Ada/);
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*form-action 'self'/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('each change is a consent of its own with its source; the same form twice counts once', async () => {
    const customerId = await customer('changes');
    const fields = [
      ['form', 'frm_1'],
      ['shown', 'email.marketing'],
      ['shown', 'email.service'],
      ['shown', '*.profiling'],
      ['want', 'email.service'],
      ['do', 'save'],
    ] as const;
    const response = await save(customerId, fields);
    await save(customerId, fields);
    expect([response.status, response.headers.get('location')]).toEqual([303, '?saved=changes']);
    expect(await consent(customerId)).toEqual({
      'email.marketing': ['denied', 'preference page'],
      '*.profiling': ['denied', 'preference page'],
    });
    const events = await product.engine.store.events.countDocuments({ customerId, name: 'Consent Updated' });
    expect(events).toBe(2);
  });

  test('an empty form changes nothing', async () => {
    const customerId = await customer('empty');
    await save(customerId, []);
    expect(await consent(customerId)).toEqual({ 'email.marketing': ['granted', 'identify'] });
  });

  test('stop everything: no channel and no purpose is left, and a yes brings one back', async () => {
    const customerId = await customer('stops');
    await save(customerId, [['do', 'stop']]);
    const stopped = await (await fetch(await preferences(customerId))).text();
    expect(stopped).not.toContain(' checked');
    await save(customerId, [
      ['want', 'email.marketing'],
      ['want', '*.profiling'],
      ['do', 'save'],
    ]);
    const page = await (await fetch(await preferences(customerId))).text();
    expect(page.match(/ checked/g)).toHaveLength(2);
  });
});
