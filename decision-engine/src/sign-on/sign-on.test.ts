import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AgentDocument } from '../access/agent-document.js';
import { createAgent } from '../access/agents.js';
import { invite } from '../access/invitations.js';
import { type OidcStandIn, type StandInToken, startOidcStandIn } from '../testing/oidc-stand-in.js';
import { startTestProduct, type TestProduct } from '../testing/test-product.js';
import { createOidcProvider } from './oidc-provider.js';
import type { SignOnSettings } from './sign-on-settings.js';

let desk: OidcStandIn;
let product: TestProduct;
/** What the settings say; the same object all along, so that a test may change it. */
const roles = new Map<string, 'lead' | 'admin'>();
const CONSOLE = 'https://console.example';

beforeAll(async () => {
  desk = await startOidcStandIn();
  const settings: SignOnSettings = {
    issuer: desk.issuer,
    clientId: desk.clientId,
    clientSecret: desk.clientSecret,
    name: 'Example Login',
    domains: ['example.com'],
    trustEmail: false,
    roleClaim: 'groups',
    roles,
  };
  product = await startTestProduct({
    signOn: {
      settings,
      provider: createOidcProvider(settings),
      redirectUri: 'https://api.example/sign-on/callback',
      consoleUrl: CONSOLE,
      secure: false,
    },
  });
}, 60_000);
afterAll(async () => {
  await product?.close();
  await desk?.close();
});
beforeEach(async () => {
  roles.clear();
  await product.engine.store.attempts.deleteMany({});
});

const ada: StandInToken = {
  claims: { sub: 'p-ada', email: 'ada@example.com', email_verified: true, name: 'Ada L' },
};
const person = (sub: string, claims: Readonly<Record<string, unknown>> = {}): StandInToken => ({
  claims: { sub, email: `${sub}@example.com`, email_verified: true, ...claims },
});

function cookieOf(response: Response, name: string): string | undefined {
  const set = response.headers.getSetCookie().find((each) => each.startsWith(`${name}=`));
  return set?.split(';', 1)[0]?.slice(name.length + 1);
}

type Trip = { change?: (callback: URL) => void; keepCookie?: boolean; next?: string };

/** Off to the provider and back. @returns where the browser ends and what it was given */
async function signOn(token: StandInToken, { change, keepCookie = true, next = '/outbox' }: Trip = {}) {
  const begun = await fetch(`${product.url}/sign-on?next=${encodeURIComponent(next)}`, {
    redirect: 'manual',
  });
  const callback = desk.agree(begun.headers.get('location') ?? '', token);
  change?.(callback);
  const cookie = cookieOf(begun, 'segue_sign_on') ?? '';
  const back = () =>
    fetch(`${product.url}${callback.pathname}${callback.search}`, {
      redirect: 'manual',
      headers: keepCookie ? { cookie: `segue_sign_on=${cookie}` } : {},
    });
  const came = await back();
  return {
    back,
    to: came.headers.get('location'),
    session: cookieOf(came, 'segue_session'),
    cleared: came.headers.getSetCookie().some((each) => /^segue_sign_on=;/.test(each)),
  };
}

/** Back at the sign-in, which still knows where they wanted to go. */
const failed = (problem: string) => `${CONSOLE}/sign-in?problem=${problem}&next=%2Foutbox`;

async function call(path: string, session: string, method: 'GET' | 'POST' = 'GET') {
  const response = await fetch(`${product.url}/trpc/${path}`, {
    method,
    headers: { cookie: `segue_session=${session}`, 'content-type': 'application/json' },
  });
  return (await response.json()) as { result?: { data: Record<string, unknown> } };
}

const agentOf = (email: string) =>
  product.engine.store.agents.findOne({ email }).lean<AgentDocument | null>();

describe('somebody Segue knows', () => {
  test('comes in, goes on where they wanted to, and signs out at the provider as well', async () => {
    const { to, session, cleared } = await signOn(ada);
    expect(to).toBe(`${CONSOLE}/outbox`);
    expect(cleared).toBe(true);
    expect(desk.complaints).toEqual([]);
    expect((await call('session.me', session ?? '')).result?.data).toMatchObject({
      agent: { agentId: 'agt_ada', role: 'agent' },
    });
    const out = (await call('session.signOut', session ?? '', 'POST')).result?.data;
    const url = new URL(String(out?.['goOnTo']));
    expect(`${url.origin}${url.pathname}`).toBe(`${desk.issuer}/end`);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${CONSOLE}/sign-in`);
  });

  test('is known by the provider’s name from then on, whatever the address is', async () => {
    const { session } = await signOn(person('p-ada', { email: 'new@example.com', email_verified: false }));
    expect((await call('session.me', session ?? '')).result?.data).toMatchObject({
      agent: { agentId: 'agt_ada' },
    });
  });

  test('is not asked for a second factor, which the provider has seen to', async () => {
    await product.engine.store.agents.updateOne(
      { _id: 'agt_ada' },
      { $set: { totp: { secret: 'sealed', confirmedAt: new Date(), usedStep: 0, recovery: [] } } },
    );
    expect((await signOn(ada)).session).toBeDefined();
    await product.engine.store.agents.updateOne({ _id: 'agt_ada' }, { $unset: { totp: '' } });
  });

  test('does not lend their account to another person with the same address', async () => {
    const other = person('p-other', { email: 'ada@example.com' });
    expect(await signOn(other)).toMatchObject({ to: failed('other-person'), session: undefined });
  });

  test('is kept out once deactivated', async () => {
    const { store, clock } = product.engine;
    await store.agents.updateOne({ _id: 'agt_ada' }, { $set: { deactivatedAt: clock() } });
    expect(await signOn(ada)).toMatchObject({ to: failed('deactivated'), session: undefined });
    await store.agents.updateOne({ _id: 'agt_ada' }, { $unset: { deactivatedAt: '' } });
  });

  test('has it in the audit log', async () => {
    const entries = await product.engine.store.audit.find({ what: 'session.signOn' }).lean();
    expect(entries.find(({ outcome }) => outcome === 'done')).toMatchObject({
      target: { kind: 'person', id: 'agt_ada' },
    });
    expect(entries.find(({ outcome }) => outcome === 'failed')?.problem).toContain('other-person');
  });
});

describe('somebody new', () => {
  test('is kept out', async () => {
    expect(await signOn(person('eve'))).toMatchObject({ to: failed('unknown'), session: undefined });
    expect(await agentOf('eve@example.com')).toBeNull();
  });

  test('comes in with the role of their invitation, which is used up', async () => {
    const { store, clock } = product.engine;
    const invitation = {
      email: 'bo@example.com',
      name: 'Bo',
      role: 'marketer',
      invitedBy: 'agt_ada',
    } as const;
    await invite(store, { ...invitation, now: clock() });
    expect((await signOn(person('bo'))).session).toBeDefined();
    expect(await agentOf('bo@example.com')).toMatchObject({ role: 'marketer', name: 'Bo' });
    expect(await store.invitations.countDocuments({ email: 'bo@example.com' })).toBe(0);
  });

  test('comes in by a claim that gives a role, and the role follows it', async () => {
    await createAgent(product.engine.store, {
      agentId: 'agt_root',
      email: 'root@example.com',
      name: 'Root',
      role: 'admin',
      password: 'a long password',
      createdAt: product.engine.clock(),
    });
    roles.set('segue-leads', 'lead').set('segue-admins', 'admin');
    expect((await signOn(person('cy', { groups: ['all', 'segue-leads'] }))).session).toBeDefined();
    expect(await agentOf('cy@example.com')).toMatchObject({ role: 'lead' });
    await signOn(person('cy', { groups: 'segue-admins' }));
    expect(await agentOf('cy@example.com')).toMatchObject({ role: 'admin' });
    await signOn(person('cy', { groups: [] }));
    expect(await agentOf('cy@example.com')).toMatchObject({ role: 'admin' });
  });

  test.each([
    ['another domain', { email: 'bo@evil.test' }, 'other-domain'],
    ['a domain that only ends so', { email: 'bo@notexample.com' }, 'other-domain'],
    ['an address that isn’t verified', { email_verified: false }, 'unverified'],
    ['an address nobody speaks for', { email_verified: undefined }, 'unverified'],
    ['no address', { email: undefined }, 'unverified'],
  ])('with %s is kept out', async (_, claims, problem) => {
    roles.set('g', 'admin');
    expect(await signOn(person('dd', { groups: ['g'], ...claims }))).toMatchObject({
      to: failed(problem),
      session: undefined,
    });
  });
});

describe('a token that isn’t right is refused:', () => {
  test.each<[string, Partial<StandInToken>]>([
    ['of another nonce', { nonce: 'somebody-elses-nonce' }],
    ['for another client', { audience: 'another' }],
    ['of another issuer', { issuer: 'https://evil.test' }],
    ['that has run out', { expiresIn: -600 }],
    ['signed by somebody else', { foreignKey: true }],
  ])('%s', async (_, wrong) => {
    expect(await signOn({ ...ada, ...wrong })).toMatchObject({ to: failed('failed'), session: undefined });
  });
});

describe('a way back that isn’t right is refused:', () => {
  test('with another state', async () => {
    const change = (callback: URL) => callback.searchParams.set('state', 'another-state-altogether');
    expect(await signOn(ada, { change })).toMatchObject({ to: failed('failed'), session: undefined });
  });

  test('in a browser that did not begin', async () => {
    expect(await signOn(ada, { keepCookie: false })).toMatchObject({
      to: `${CONSOLE}/sign-in?problem=failed`,
      session: undefined,
    });
  });

  test('a second time', async () => {
    const { session, back } = await signOn(ada);
    expect(session).toBeDefined();
    expect((await back()).headers.get('location')).toBe(failed('failed'));
  });

  test('when the provider says no', async () => {
    const change = (callback: URL) => {
      callback.searchParams.delete('code');
      callback.searchParams.set('error', 'access_denied');
    };
    expect(await signOn(ada, { change })).toMatchObject({ to: failed('failed') });
  });

  test.each(['https://evil.test', '//evil.test', '/\\evil.test'])('goes on to no %s', async (next) => {
    expect((await signOn(ada, { next })).to).toBe(`${CONSOLE}/`);
  });

  test('from one address again and again, until it has to wait', async () => {
    const change = (callback: URL) => callback.searchParams.set('state', 'another-state-altogether');
    const { back } = await signOn(ada, { change });
    for (let tries = 1; tries < 50; tries += 1) await back();
    expect((await signOn(ada)).to).toBe(failed('too-many'));
  });
});
