import cookie from '@fastify/cookie';
import fastify from 'fastify';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAgent } from '../access/agents.js';
import { startSession } from '../access/sessions.js';
import { startTestProduct, type TestProduct } from '../testing/test-product.js';

let product: TestProduct;
let console_: string;
beforeAll(async () => {
  product = await startTestProduct();
  const now = new Date();
  await createAgent(product.engine.store, {
    agentId: 'agt_root',
    email: 'root@example.com',
    name: 'Root',
    role: 'admin',
    password: 'a long password',
    createdAt: now,
  });
  console_ = (await startSession(product.engine.store, { agentId: 'agt_root', now })).token;
}, 30_000);
afterAll(() => product.close());

async function call(procedure: string, headers: Record<string, string>, body?: object) {
  const response = await fetch(`${product.url}/trpc/${procedure}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as { result?: { data: Record<string, unknown> } };
  return { status: response.status, data: answer.result?.data ?? {} };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const open = async () =>
  (await call('session.openPlugin', { cookie: `segue_session=${console_}` }, {})).data as { token: string };

describe("the session of a help desk's sidebar", () => {
  test('works by its token alone, and may do what is done there, whatever the role', async () => {
    const { token } = await open();
    const me = await call('session.me', bearer(token));
    expect(me.data).toMatchObject({
      agent: { role: 'admin' },
      permissions: ['customers:read', 'decisions:read', 'decisions:answer', 'outbox:read'],
    });
    const known = await call(
      `customer.resolve?input=${encodeURIComponent(JSON.stringify({ references: [{ email: 'a@b.example' }] }))}`,
      bearer(token),
    );
    expect(known).toMatchObject({ status: 200, data: { customerId: null } });
    expect((await call('people.list', bearer(token))).status).toBe(403);
    for (const procedure of ['session.openPlugin', 'profile.enrolSecondFactor', 'people.invite'])
      expect((await call(procedure, bearer(token), {})).status).toBe(403);
  });

  test('may not be opened without a session of the console, nor with an API key', async () => {
    expect((await call('session.openPlugin', {}, {})).status).toBe(401);
    expect((await call('session.openPlugin', bearer(product.key), {})).status).toBe(403);
  });

  test('is moved on, and ends with the session it was opened from', async () => {
    const { token } = await open();
    expect((await call('session.keepPlugin', bearer(token), {})).data).toEqual({ kept: true });
    const other = (await startSession(product.engine.store, { agentId: 'agt_root', now: new Date() })).token;
    const third = (await call('session.openPlugin', { cookie: `segue_session=${other}` }, {})).data as {
      token: string;
    };
    await call('session.signOut', { cookie: `segue_session=${other}` }, {});
    expect((await call('session.me', bearer(third.token))).status).toBe(401);
    expect((await call('session.me', bearer(token))).status).toBe(200);
  });

  test('opens the live connection with the token', async () => {
    const { token } = await open();
    const socket = io(product.url, {
      path: '/live',
      auth: { token },
      transports: ['websocket'],
      reconnection: false,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', () => resolve());
      socket.once('connect_error', reject);
    });
    expect(socket.connected).toBe(true);
    socket.close();
  });

  test('finds the customer by the first identity that is known', async () => {
    await fetch(`${product.url}/v1/identify`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${product.key}` },
      body: JSON.stringify({ userId: 'amara', traits: { email: 'amara@example.com' } }),
    });
    const { token } = await open();
    const references = [{ userId: 'nobody' }, { email: 'Amara@Example.com' }];
    const input = encodeURIComponent(JSON.stringify({ references }));
    const found = await call(`customer.resolve?input=${input}`, bearer(token));
    expect(found.data['customerId']).toMatch(/^cus_/);
  });
});

test('a partitioned cookie is one that the library writes in full', async () => {
  const server = fastify();
  await server.register(cookie);
  server.get('/', (_, reply) =>
    reply
      .setCookie('segue_plugin', 't', {
        path: '/',
        httpOnly: true,
        secure: true,
        sameSite: 'none',
        partitioned: true,
      })
      .send(''),
  );
  const { headers } = await server.inject('/');
  expect(headers['set-cookie']).toBe('segue_plugin=t; Path=/; HttpOnly; Secure; Partitioned; SameSite=None');
});
