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

async function lookAs(name: string, customerId: string): Promise<Console> {
  const { token } = await startSession(product.engine.store, { agentId: `agt_${name}`, now: new Date() });
  const socket: Console = io(product.url, {
    path: '/live',
    extraHeaders: { cookie: `segue_session=${token}` },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  });
  open.push(socket);
  await new Promise((resolve) => socket.emit('customer:follow', customerId, resolve));
  return socket;
}

/** Settles when this console is told that exactly these look at the customer. */
function told(socket: Console, names: readonly string[]): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const listener: ServerToClient['customer:viewers'] = ({ viewers }) => {
      const seen = viewers.map(({ name }) => name).sort();
      if (seen.join() !== names.join()) return;
      socket.off('customer:viewers', listener);
      resolve(seen);
    };
    socket.on('customer:viewers', listener);
  });
}

test('each person once, however many windows, and gone with the last of them', async () => {
  const mine = await lookAs('mo', 'cus_a');
  const both = told(mine, ['lee', 'mo']);
  const one = await lookAs('lee', 'cus_a');
  expect(await both).toEqual(['lee', 'mo']);
  const still = told(mine, ['lee', 'mo']);
  await lookAs('lee', 'cus_a');
  expect(await still).toEqual(['lee', 'mo']);
  one.emit('customer:unfollow', 'cus_a');
  const alone = told(mine, ['mo']);
  for (const socket of open.slice(1)) socket.close();
  expect(await alone).toEqual(['mo']);
});

test('a customer somebody else looks at says nothing of it', async () => {
  const mine = await lookAs('mo', 'cus_b');
  const heard: string[] = [];
  mine.on('customer:viewers', ({ customerId }) => void heard.push(customerId));
  await lookAs('lee', 'cus_c');
  const both = told(mine, ['lee', 'mo']);
  await lookAs('lee', 'cus_b');
  await both;
  expect(new Set(heard)).toEqual(new Set(['cus_b']));
});
