import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSession } from '../access/sessions.js';
import type { DecideAnswer } from '../api/shapes/decision.js';
import { findCustomer } from '../customers/find-customer.js';
import { customerIdFor } from '../customers/identity.js';
import { currentDecision } from '../engine/current-decision.js';
import { startTestProduct, type TestProduct } from '../testing/test-product.js';
import type { ClientToServer, ServerToClient } from './live-events.js';

type Console = Socket<ServerToClient, ClientToServer>;

let product: TestProduct;
let cookie: string;
const open: Console[] = [];
beforeAll(async () => {
  product = await startTestProduct();
  const { token } = await startSession(product.engine.store, { agentId: 'agt_ada', now: new Date() });
  cookie = `segue_session=${token}`;
}, 30_000);
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});
afterAll(() => product.close());

function connect(headers: Record<string, string>): Console {
  const socket: Console = io(product.url, {
    path: '/live',
    extraHeaders: headers,
    transports: ['websocket'],
    reconnection: false,
  });
  open.push(socket);
  return socket;
}

/** The next message of this name that fits. */
function next<Name extends keyof ServerToClient>(
  socket: Console,
  name: Name,
  fits: (message: Parameters<ServerToClient[Name]>[0]) => boolean = () => true,
): Promise<Parameters<ServerToClient[Name]>[0]> {
  return new Promise((resolve) => {
    const listener = (message: Parameters<ServerToClient[Name]>[0]) => {
      if (!fits(message)) return;
      socket.off(name, listener as never);
      resolve(message);
    };
    socket.on(name, listener as never);
  });
}

async function send(path: string, body: object): Promise<void> {
  const response = await fetch(product.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${product.key}` },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
}

async function customerIdOf(userId: string): Promise<string> {
  const customer = await findCustomer(product.engine.store, { userId });
  return customer?._id ?? expect.fail('unknown');
}

async function follow(userId: string): Promise<{ socket: Console; customerId: string }> {
  const customerId = await customerIdOf(userId);
  const socket = connect({ cookie });
  const answer = await new Promise((resolve) => {
    socket.emit('customer:follow', customerId, resolve);
  });
  expect(answer).toEqual({ ok: true });
  return { socket, customerId };
}

const added = {
  event: 'Product Added',
  properties: { product_id: 'p1', name: 'Lamp', price: 25, quantity: 1 },
};

describe('live connection', () => {
  test('an event shows on the open page, and with it the decision it changes', async () => {
    await send('/v1/identify', { userId: 'live', traits: { firstName: 'Liv' } });
    const { socket, customerId } = await follow('live');
    const before = await currentDecision(product.engine, customerId);
    expect(before?.actions.map(({ actionId }) => actionId)).not.toContain('basket-reminder');
    const changed = next(socket, 'customer:changed', ({ items }) =>
      items.some(({ kind }) => kind === 'event'),
    );
    const decided: Promise<DecideAnswer> = next(socket, 'decision:made');
    await send('/v1/track', { userId: 'live', ...added });
    expect(await changed).toMatchObject({
      customerId,
      items: [{ kind: 'event', title: 'Put in the basket: Lamp' }],
    });
    expect((await decided).actions[0]).toMatchObject({ actionId: 'basket-reminder' });
  });

  test("another customer's news doesn't come", async () => {
    await send('/v1/identify', { userId: 'mine', traits: {} });
    await send('/v1/identify', { userId: 'other', traits: {} });
    const { socket, customerId } = await follow('mine');
    const changed = next(socket, 'customer:changed');
    await send('/v1/track', { userId: 'other', ...added });
    await send('/v1/track', { userId: 'mine', ...added });
    expect((await changed).customerId).toBe(customerId);
  });

  test('the inbox says that it changed', async () => {
    const socket = connect({ cookie });
    await new Promise<void>((resolve) => {
      socket.once('connect', () => resolve());
    });
    const newcomer = customerIdFor({ kind: 'userId', value: 'newcomer' });
    const changed = next(socket, 'inbox:changed', ({ customerIds }) => customerIds.includes(newcomer));
    await send('/v1/track', { userId: 'newcomer', ...added });
    await changed;
    expect(await customerIdOf('newcomer')).toBe(newcomer);
  });

  test.each([
    ['without a session', () => ({})],
    ['with a session that is none', () => ({ cookie: 'segue_session=ses_wrong' })],
    ["from another site's page", () => ({ cookie, origin: 'https://evil.example' })],
  ])('%s nobody comes in', async (_, headers) => {
    const socket = connect(headers());
    const error = await new Promise<Error>((resolve) => {
      socket.once('connect_error', resolve);
    });
    expect(error.message).toMatch(/not_authenticated|websocket error/);
    expect(socket.connected).toBe(false);
  });
});
