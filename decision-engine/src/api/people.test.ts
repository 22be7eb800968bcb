import { Secret, TOTP } from 'otpauth';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAgent } from '../access/agents.js';
import type { AGENT_ROLES } from '../access/permissions.js';
import { startSession } from '../access/sessions.js';
import { startTestProduct, type TestProduct } from '../testing/test-product.js';

let product: TestProduct;
let admin: string;
beforeAll(async () => {
  product = await startTestProduct();
  admin = await newAgent('root', 'admin');
}, 30_000);
afterAll(() => product.close());

const PASSWORD = 'a long password';

async function newAgent(name: string, role: (typeof AGENT_ROLES)[number]): Promise<string> {
  const now = new Date();
  const agentId = `agt_${name}`;
  await createAgent(product.engine.store, {
    agentId,
    email: `${name}@example.com`,
    name,
    role,
    password: PASSWORD,
    createdAt: now,
  });
  return (await startSession(product.engine.store, { agentId, now })).token;
}

type Answer = {
  status: number;
  data: Record<string, unknown>;
  code: string | undefined;
  cookie: string | null;
};

async function call(procedure: string, token: string | null, input?: unknown): Promise<Answer> {
  const reads = /\.(list|get|me|invitation)$/.test(procedure);
  const query = reads && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : '';
  const response = await fetch(`${product.url}/trpc/${procedure}${query}`, {
    method: reads ? 'GET' : 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { cookie: `segue_session=${token}` }),
    },
    ...(reads ? {} : { body: JSON.stringify(input ?? {}) }),
  });
  const body = (await response.json()) as {
    result?: { data: Record<string, unknown> };
    error?: { data: { code: string } };
  };
  const cookie = /segue_session=([^;]*)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? null;
  return { status: response.status, data: body.result?.data ?? {}, code: body.error?.data.code, cookie };
}

describe('an invitation', () => {
  const invited = {
    email: 'New@Example.com',
    name: 'Newt',
    role: 'lead',
    consoleUrl: 'http://localhost:3000',
  };

  test('lets one person in once, with the role it names', async () => {
    const { data } = await call('people.invite', admin, invited);
    const { token } = data as { token: string };
    expect((await call('session.invitation', null, { token })).data).toMatchObject({
      email: 'new@example.com',
      role: 'lead',
    });
    const accept = (password: string) =>
      call('session.acceptInvitation', null, { token, name: 'Newt', password });
    expect(await accept('short')).toMatchObject({ status: 400 });
    const accepted = await accept('twelve signs long');
    expect(accepted.data).toMatchObject({ agent: { role: 'lead', email: 'new@example.com' } });
    expect((await call('session.me', accepted.cookie)).status).toBe(200);
    expect(await accept('twelve signs long')).toMatchObject({ code: 'unknown_invitation' });
    expect(await call('people.invite', admin, invited)).toMatchObject({ code: 'person_known' });
    const stored = JSON.stringify(await product.engine.store.audit.find().lean());
    expect(stored).not.toContain(token);
    expect(stored).not.toContain('twelve signs long');
  });

  test('is void once withdrawn, sent again, or three days old', async () => {
    const other = { ...invited, email: 'other@example.com' };
    const first = (await call('people.invite', admin, other)).data as { token: string };
    const second = (await call('people.invite', admin, other)).data as { token: string };
    expect(await call('session.invitation', null, first)).toMatchObject({ code: 'invalid_request' });
    expect(await call('session.invitation', null, { token: first.token })).toMatchObject({
      code: 'unknown_invitation',
    });
    expect((await call('session.invitation', null, { token: second.token })).status).toBe(200);
    await product.engine.store.invitations.updateMany({}, { $set: { expiresAt: new Date(Date.now() - 1) } });
    expect(await call('session.invitation', null, { token: second.token })).toMatchObject({
      code: 'unknown_invitation',
    });
    await call('people.withdrawInvitation', admin, { email: 'other@example.com' });
    expect(await product.engine.store.invitations.countDocuments()).toBe(0);
  });
});

describe('people', () => {
  test('the last admin stays one, however it is tried', async () => {
    const only = { agentId: 'agt_root' };
    for (const [procedure, input] of [
      ['people.setRole', { ...only, role: 'agent' }],
      ['people.deactivate', only],
    ] as const)
      expect(await call(procedure, admin, input)).toMatchObject({ status: 409, code: 'last_admin' });
    expect((await call('people.list', admin)).status).toBe(200);
    await newAgent('second', 'admin');
    const both = await Promise.all([
      call('people.setRole', admin, { agentId: 'agt_root', role: 'agent' }),
      call('people.setRole', admin, { agentId: 'agt_second', role: 'agent' }),
    ]);
    expect(both.some(({ status }) => status !== 200)).toBe(true);
    const admins = await product.engine.store.agents.countDocuments({ role: 'admin' });
    expect(admins).toBeGreaterThan(0);
    await product.engine.store.agents.updateMany({ _id: 'agt_root' }, { $set: { role: 'admin' } });
    await product.engine.store.agents.deleteMany({ _id: 'agt_second' });
  });

  test('who is deactivated is out at the next request, and back with the same password', async () => {
    const token = await newAgent('gone', 'agent');
    expect((await call('session.me', token)).status).toBe(200);
    await call('people.deactivate', admin, { agentId: 'agt_gone' });
    expect((await call('session.me', token)).status).toBe(401);
    const signIn = () => call('session.signIn', null, { email: 'gone@example.com', password: PASSWORD });
    expect(await signIn()).toMatchObject({ status: 401, code: 'wrong_credentials' });
    await call('people.reactivate', admin, { agentId: 'agt_gone' });
    expect((await signIn()).status).toBe(200);
  });

  test('a revoked session is refused at its next request, and its open page is hung up on', async () => {
    const token = await newAgent('revoked', 'agent');
    const socket = io(product.url, {
      path: '/live',
      extraHeaders: { cookie: `segue_session=${token}` },
      transports: ['websocket'],
      reconnection: false,
    });
    await new Promise<void>((resolve) => {
      socket.once('connect', () => resolve());
    });
    const hungUp = new Promise((resolve) => {
      socket.once('disconnect', resolve);
    });
    expect((await call('people.revokeSessions', admin, { agentId: 'agt_revoked' })).data).toEqual({
      ended: 1,
    });
    expect(await hungUp).toBe('io server disconnect');
    expect((await call('session.me', token)).status).toBe(401);
    const refused = new Promise<Error>((resolve) => {
      socket.once('connect_error', resolve);
    });
    socket.connect();
    expect((await refused).message).toBe('not_authenticated');
    socket.close();
  });

  test('a new role holds at the next request', async () => {
    const token = await newAgent('riser', 'agent');
    expect((await call('people.list', token)).status).toBe(403);
    await call('people.setRole', admin, { agentId: 'agt_riser', role: 'admin' });
    expect((await call('people.list', token)).status).toBe(200);
    await call('people.setRole', admin, { agentId: 'agt_riser', role: 'agent' });
    expect((await call('people.list', token)).status).toBe(403);
  });
});

describe("one's own account", () => {
  test('a new password needs the old one and ends the other sessions', async () => {
    const token = await newAgent('own', 'agent');
    const { token: other } = await startSession(product.engine.store, {
      agentId: 'agt_own',
      now: new Date(),
    });
    const change = (password: string) =>
      call('profile.changePassword', token, { password, newPassword: 'another long one' });
    expect(await change('wrong')).toMatchObject({ status: 403, code: 'wrong_password' });
    expect((await change(PASSWORD)).data).toEqual({ endedSessions: 1 });
    expect((await call('session.me', token)).status).toBe(200);
    expect((await call('session.me', other)).status).toBe(401);
  });

  test('with a second factor on, the password alone does not let in', async () => {
    const token = await newAgent('two', 'agent');
    const { secret } = (await call('profile.enrolSecondFactor', token)).data as { secret: string };
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const at = Date.now();
    expect(await call('profile.confirmSecondFactor', token, { code: '123' })).toMatchObject({
      code: 'wrong_code',
    });
    const { recoveryCodes } = (
      await call('profile.confirmSecondFactor', token, { code: totp.generate({ timestamp: at }) })
    ).data as { recoveryCodes: string[] };
    const signIn = (code?: string) =>
      call('session.signIn', null, { email: 'two@example.com', password: PASSWORD, code });
    expect(await signIn()).toMatchObject({ status: 403, code: 'code_needed', cookie: null });
    expect(await signIn('000000')).toMatchObject({ status: 403, code: 'wrong_code', cookie: null });
    expect((await signIn(recoveryCodes[0])).status).toBe(200);
    expect((await signIn(recoveryCodes[0])).status).toBe(403);
    expect((await call('profile.get', token)).data).toMatchObject({
      secondFactor: { on: true, recoveryCodesLeft: 9 },
    });
    const log = JSON.stringify(await product.engine.store.audit.find({ 'who.id': 'agt_two' }).lean());
    for (const hidden of [secret, ...recoveryCodes, PASSWORD]) expect(log).not.toContain(hidden);
    expect((await call('people.resetSecondFactor', admin, { agentId: 'agt_two' })).status).toBe(200);
    expect((await signIn()).status).toBe(200);
  });

  test('codes are limited as passwords are, and the wait is said', async () => {
    const token = await newAgent('guess', 'agent');
    const { secret } = (await call('profile.enrolSecondFactor', token)).data as { secret: string };
    await call('profile.confirmSecondFactor', token, {
      code: new TOTP({ secret: Secret.fromBase32(secret) }).generate(),
    });
    const guess = () =>
      call('session.signIn', null, { email: 'guess@example.com', password: PASSWORD, code: '000001' });
    let last = await guess();
    for (let tries = 1; tries < 11; tries++) last = await guess();
    expect(last).toMatchObject({ status: 429, code: 'too_many_attempts' });
  });
});

describe('API keys', () => {
  test('are shown once, used, and taken back', async () => {
    const made = (await call('key.create', admin, { name: 'shop', scopes: ['customers:read'] })).data as {
      key: string;
      keyId: string;
    };
    const ask = () =>
      fetch(`${product.url}/v1/customers?text=x`, { headers: { authorization: `Bearer ${made.key}` } });
    expect((await ask()).status).toBe(200);
    const listed = JSON.stringify((await call('key.list', admin)).data);
    expect(listed).not.toContain(made.key);
    expect(listed).toContain('"usedAt":"2');
    expect((await call('key.revoke', admin, { keyId: made.keyId })).data).toEqual({ revoked: true });
    expect(await call('key.revoke', admin, { keyId: made.keyId })).toMatchObject({ code: 'unknown_key' });
    expect(JSON.stringify(await product.engine.store.audit.find().lean())).not.toContain(made.key);
  });
});

describe('the audit log', () => {
  test('says who changed what, from what to what, and what failed; page by page', async () => {
    await newAgent('watched', 'agent');
    await call('people.setRole', admin, { agentId: 'agt_watched', role: 'lead' });
    await call('people.setRole', admin, { agentId: 'agt_nobody', role: 'lead' });
    const all = (await call('audit.list', admin, { what: 'people.setRole', limit: 2 })).data as {
      items: unknown[];
      nextCursor: string;
    };
    expect(all.items).toMatchObject([
      { outcome: 'failed', problem: expect.stringContaining('agt_nobody') },
      {
        outcome: 'done',
        who: { kind: 'agent', name: 'root' },
        target: { kind: 'person', name: 'watched@example.com' },
        before: { role: 'agent' },
        after: { role: 'lead' },
      },
    ]);
    const more = await call('audit.list', admin, { what: 'people.setRole', cursor: all.nextCursor });
    expect((more.data as { items: unknown[] }).items.length).toBeGreaterThan(0);
    expect((await call('audit.list', admin, { what: 'key' })).data).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ what: 'key.create' })]),
    });
    expect((await call('audit.list', admin, { to: '2020-01-01T00:00:00Z' })).data).toMatchObject({
      items: [],
    });
  });

  test('has what programs change, too', async () => {
    const response = await fetch(`${product.url}/v1/catalogue/drafts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${product.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'from a program' }),
    });
    expect(response.status).toBe(200);
    expect((await call('audit.list', admin, { what: 'catalogue' })).data).toMatchObject({
      items: [{ what: 'catalogue.createDraft', who: { kind: 'app' }, outcome: 'done' }],
    });
  });
});
