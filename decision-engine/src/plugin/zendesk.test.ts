import { exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestProduct, type TestProduct } from '../testing/test-product.js';
import { checkZendesk } from './check-zendesk.js';
import { zendeskFiles } from './zendesk-files.js';

const AUDIENCE = 'https://acme.zendesk.com/api/v2/apps/installations/42.json';
type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

let own: Keys;
let foreign: Keys;
let product: TestProduct;
let made = 0;

beforeAll(async () => {
  own = await generateKeyPair('RS256', { extractable: true });
  foreign = await generateKeyPair('RS256');
  product = await startTestProduct({
    zendesk: {
      settings: { publicKey: await exportSPKI(own.publicKey), audiences: [AUDIENCE] },
      consoleUrl: 'https://segue.example',
    },
  });
}, 60_000);
afterAll(() => product?.close());

type Wrong = { claims?: JWTPayload; by?: Keys; expiresIn?: number; issuedAgo?: number };

function tokenOf({ claims = {}, by = own, expiresIn = 60, issuedAgo = 0 }: Wrong = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  made += 1;
  return new SignJWT({
    aud: AUDIENCE,
    sub: 'https://acme.zendesk.com/api/v2/users/7.json',
    n: made,
    ...claims,
  })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer('acme.zendesk.com')
    .setIssuedAt(now - issuedAgo)
    .setExpirationTime(now - issuedAgo + expiresIn)
    .sign(by.privateKey);
}

const post = (token: string) =>
  fetch(`${product.url}/zendesk/sidebar?origin=https%3A%2F%2Facme.zendesk.com&app_guid=1`, {
    method: 'POST',
    headers: { origin: 'https://acme.zendesk.com', cookie: 'segue_plugin=anything' },
    body: new URLSearchParams({ token }),
  });

describe('the sidebar with a signed address', () => {
  test('is given to Zendesk, and may be framed by that account alone', async () => {
    const answer = await post(await tokenOf());
    expect(answer.status).toBe(200);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain('frame-ancestors https://acme.zendesk.com');
    expect(policy).toContain('frame-src https://segue.example');
    expect(await answer.text()).toContain('/zendesk/main.js');
    const script = await (await fetch(`${product.url}/zendesk/main.js`)).text();
    expect(script).toContain("'https://segue.example'");
    expect(script).not.toContain('segue.invalid');
  });

  test('is given once for each token', async () => {
    const token = await tokenOf();
    expect((await post(token)).status).toBe(200);
    expect((await post(token)).status).toBe(403);
  });

  test.each<[string, () => Promise<string> | string]>([
    ['signed by somebody else', () => tokenOf({ by: foreign })],
    ['for another installation', () => tokenOf({ claims: { aud: AUDIENCE.replace('42', '43') } })],
    ['that has run out', () => tokenOf({ issuedAgo: 300 })],
    ['that is old, whatever it says', () => tokenOf({ issuedAgo: 3_600, expiresIn: 86_400 })],
    ['that never ends', async () => unending()],
    ['without a signature', async () => `${(await tokenOf()).split('.').slice(0, 2).join('.')}.`],
    ['of no algorithm', async () => unsigned()],
    ['that is none', () => 'token'],
    ['that is missing', () => ''],
  ])('is not given for a token %s', async (_, token) => {
    const answer = await post(await token());
    expect(answer.status).toBe(403);
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(await answer.text()).not.toContain('main.js');
  });

  test('is not there for who only looks', async () => {
    expect((await fetch(`${product.url}/zendesk/sidebar`)).status).toBe(405);
  });
});

function unending(): Promise<string> {
  return new SignJWT({ aud: AUDIENCE })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuedAt()
    .sign(own.privateKey);
}

async function unsigned(): Promise<string> {
  const [, payload = ''] = (await tokenOf()).split('.');
  return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
}

test('the app for it names the API and asks for signed addresses', async () => {
  const files = await zendeskFiles({ consoleUrl: 'https://segue.example', apiUrl: 'https://api.example' });
  expect(JSON.parse(new TextDecoder().decode(files['manifest.json']))).toMatchObject({
    signedUrls: true,
    location: { support: { ticket_sidebar: { url: 'https://api.example/zendesk/sidebar' } } },
  });
  expect(checkZendesk(files)).toEqual([]);
});
