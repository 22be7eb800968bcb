import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAgent } from '../access/agents.js';
import { AGENT_ROLES, type Permission, permissionsOf, type Role } from '../access/permissions.js';
import { startSession } from '../access/sessions.js';
import { startTestProduct, type TestProduct } from '../testing/test-product.js';

let product: TestProduct;
const cookies = new Map<Role, string>();
beforeAll(async () => {
  product = await startTestProduct();
  for (const role of AGENT_ROLES) {
    const agentId = `agt_${role}`;
    const email = `${role}@example.com`;
    const createdAt = new Date();
    await createAgent(product.engine.store, {
      agentId,
      email,
      name: role,
      role,
      password: 'a long password',
      createdAt,
    });
    const { token } = await startSession(product.engine.store, { agentId, now: createdAt });
    cookies.set(role, `segue_session=${token}`);
  }
}, 30_000);
afterAll(() => product.close());

async function ask(procedure: string, headers: Record<string, string>, body?: object) {
  const response = await fetch(`${product.url}/trpc/${procedure}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: JSON.stringify(await response.json()) };
}

const as = (role: Role) => ({ cookie: cookies.get(role) ?? '' });

describe('what a role may not do is refused', () => {
  test.each<{ procedure: string; body: object; role: Role; needed: Permission }>([
    { procedure: 'catalogue.createDraft', body: { name: 'x' }, role: 'agent', needed: 'catalogue:write' },
    { procedure: 'catalogue.rollBack', body: { to: 1 }, role: 'data-scientist', needed: 'catalogue:publish' },
    { procedure: 'decision.forCustomer', body: {}, role: 'marketer', needed: 'decisions:answer' },
    { procedure: 'decision.feedback', body: {}, role: 'data-scientist', needed: 'decisions:answer' },
    { procedure: 'delivery.send', body: {}, role: 'marketer', needed: 'decisions:answer' },
    { procedure: 'event.track', body: {}, role: 'marketer', needed: 'events:write' },
  ])('$procedure as $role', async ({ procedure, body, role, needed }) => {
    const answer = await ask(procedure, as(role), body);
    expect(answer.status).toBe(403);
    expect(answer.body).toContain(`\\"${needed}\\"`);
  });

  test('and what it may do is not', async () => {
    expect((await ask('catalogue.createDraft', as('data-scientist'), { name: 'x' })).status).toBe(200);
    expect((await ask('decision.forCustomer', as('agent'), { customerId: 'cus_1' })).status).toBe(404);
  });

  test('a key is no person', async () => {
    const answer = await ask('inbox.list?input=%7B%7D', { authorization: `Bearer ${product.key}` });
    expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('Expected an agent session') });
  });
});

test.each(AGENT_ROLES)('a session says what %s may do', async (role) => {
  const { body } = await ask('session.me', as(role));
  expect(JSON.parse(body)).toMatchObject({
    result: { data: { agent: { role }, permissions: permissionsOf(role) } },
  });
});
