import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createAgent } from '../access/agents.js';
import { startSession } from '../access/sessions.js';
import { startTestProduct, type TestProduct } from '../testing/test-product.js';
import type { ClientToServer, ServerToClient } from './live-events.js';

// Who has a customer's page open, as their colleagues are told.

type Console = Socket<ServerToClient, ClientToServer>;

let product: TestProduct;
const open: Console[] = [];
beforeAll(async () => {
  product = await startTestProduct();
  for (const name of ['mo', 'lee']) {
    await createAgent(product.engine.store, {
      agentId: `agt_${name}`,
      email: `${name}@example.com`,
      name,
      role: 'agent',
      password: 'a long password',
      createdAt: new Date(),
    });
  }
}, 30_000);
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});
afterAll(() => product.close());

async function tokenOf(name: string): Promise<string> {
  const { token } = await startSession(product.engine.store, { agentId: `agt_${name}`, now: new Date() });
  return token;
}

function connectAs(token: string): Console {
  const socket: Console = io(product.url, {
    path: '/live',
    extraHeaders: { cookie: `segue_session=${token}` },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  });
  open.push(socket);
  return socket;
}

async function lookAs(name: string, customerId: string): Promise<Console> {
  const socket = connectAs(await tokenOf(name));
  await new Promise((resolve) => socket.emit('customer:follow', customerId, resolve));
  return socket;
}

/** Who looks at a customer, as this console has been told. */
function viewersTold(socket: Console): (customerId: string) => readonly string[] {
  const told = new Map<string, readonly string[]>();
  socket.on('presence:changed', ({ whole, customers }) => {
    if (whole) told.clear();
    for (const { customerId, viewers } of customers)
      told.set(customerId, viewers.map(({ name }) => name).sort());
  });
  return (customerId) => told.get(customerId) ?? [];
}

test('each person once, however many windows, and gone with the last of them', async () => {
  const mine = await lookAs('mo', 'cus_a');
  const told = viewersTold(mine);
  const one = await lookAs('lee', 'cus_a');
  await expect.poll(() => told('cus_a')).toEqual(['lee', 'mo']);
  const other = await lookAs('lee', 'cus_a');
  one.emit('customer:unfollow', 'cus_a');
  other.emit('customer:follow', 'cus_b', () => {});
  await expect.poll(() => told('cus_b')).toEqual(['lee']);
  expect(told('cus_a')).toEqual(['lee', 'mo']);
  other.close();
  await expect.poll(() => told('cus_a')).toEqual(['mo']);
  expect(told('cus_b')).toEqual([]);
});

test('who comes later is told of all who look already', async () => {
  const mine = viewersTold(await lookAs('mo', 'cus_c'));
  await expect.poll(() => mine('cus_c')).toEqual(['mo']);
  const late = connectAs(await tokenOf('lee'));
  const told = viewersTold(late);
  await expect.poll(() => told('cus_c')).toEqual(['mo']);
});
