import { afterAll, beforeAll, expect, test } from 'vitest';
import { scoreBatch } from '../../inbox/score-customers.js';
import { listCondition } from '../../segments/list-members.js';
import { createAnswerChecker } from '../../testing/answer-checker.js';
import { startTestProduct, type TestProduct } from '../../testing/test-product.js';
import { openApiDocument } from '../openapi/open-api-document.js';
import { conditionFields, segmentMembers, segmentPreview } from '../shapes/segment.js';
import { ENDPOINTS } from './endpoints.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct({
    segments: [
      { segmentId: 'test-list', name: 'A list', when: listCondition('test-list') },
      { segmentId: 'test-condition', name: 'Gold', when: { field: 'traits.tier', op: 'eq', value: 'gold' } },
    ],
  });
}, 30_000);
afterAll(() => product.close());

let count = 0;
const problemsOf = createAnswerChecker(openApiDocument(ENDPOINTS, { closed: true }));

async function call(method: string, url: string, body?: unknown) {
  const response = await fetch(product.url + url, {
    method,
    headers: {
      authorization: `Bearer ${product.key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answered: unknown = await response.json();
  const { status, headers } = response;
  expect(problemsOf({ method, url, status, headers, body: answered })).toEqual([]);
  return { status, body: answered };
}

test('a condition is previewed over the customers there are, in YAML and as data', async () => {
  for (const tier of ['gold', 'gold', 'silver'])
    await call('POST', '/v1/identify', { userId: `${tier}-${count++}`, traits: { tier } });
  for (const when of [
    '{ field: traits.tier, op: eq, value: gold }',
    { field: 'traits.tier', op: 'eq', value: 'gold' },
  ]) {
    const preview = segmentPreview.parse((await call('POST', '/v1/segment-previews', { when })).body);
    expect(preview).toMatchObject({ problems: [], fitting: 2, asked: 3, customers: 3 });
    expect(preview.sample).toHaveLength(2);
  }
});

test('who writes a condition is told which fields there are', async () => {
  const { items } = conditionFields.parse((await call('GET', '/v1/condition-fields')).body);
  expect(items).toContainEqual({ path: 'firstSeenAt', type: 'date', words: 'First seen' });
  expect(items.find(({ path }) => path === 'features.orders_365d')).toMatchObject({ type: 'number' });
});

test('what is wrong with a condition names its field', async () => {
  const { body } = await call('POST', '/v1/segment-previews', {
    when: '{ field: features.odrers, op: gt, value: 1 }',
  });
  expect(segmentPreview.parse(body)).toMatchObject({ fitting: null });
  expect(segmentPreview.parse(body).problems[0]).toContain('"when.field" to be a feature');
  const broken = await call('POST', '/v1/segment-previews', { when: '{ field: [' });
  expect(segmentPreview.parse(broken.body).problems).toHaveLength(1);
});

test('a segment that cannot be used is refused; one that is not there says so', async () => {
  const wrong = await call('PUT', '/v1/segments/wrong', {
    name: 'Wrong',
    when: '{ field: nowhere, op: exists }',
  });
  expect(wrong.status).toBe(422);
  expect((await call('GET', '/v1/segments/none')).status).toBe(404);
  expect((await call('GET', '/v1/segments/none/members')).status).toBe(404);
  expect((await call('GET', '/v1/segments')).status).toBe(200);
});

test('a segment is put in force as a new revision', async () => {
  const saved = await call('PUT', '/v1/segments/gold', {
    name: 'Gold',
    when: '{ field: traits.tier, op: eq, value: gold }',
    note: 'for early access',
  });
  expect(saved.body).toMatchObject({ segmentId: 'gold', isNew: true });
  const again = await call('PUT', '/v1/segments/gold', {
    name: 'Gold',
    when: '{ field: traits.tier, op: eq, value: gold }',
  });
  expect(again.body).toMatchObject({ isNew: false });
});

test('customers are put on a list and taken off, over the wire; a segment with a condition is no list', async () => {
  const { engine } = product;
  await call('POST', '/v1/identify', { userId: 'list-1', traits: { email: 'list-1@example.com' } });
  await call('POST', '/v1/identify', { userId: 'list-2', traits: {} });
  const path = '/v1/segments/test-list/members';
  const put = await call('POST', path, { ids: ['list-1@example.com', 'list-2', 'nobody'] });
  expect(put).toEqual({ status: 200, body: { changed: 2, unchanged: 0, unknown: ['nobody'] } });
  expect(await call('POST', path, { ids: ['list-2'], change: 'remove' })).toMatchObject({
    body: { changed: 1, unchanged: 0, unknown: [] },
  });
  while ((await scoreBatch(engine)).scored > 0);
  const members = segmentMembers.parse((await call('GET', path)).body);
  expect(members.items).toMatchObject([{ displayName: 'list-1@example.com' }]);
  expect(await call('POST', '/v1/segments/test-condition/members', { ids: ['list-1'] })).toMatchObject({
    status: 409,
    body: { error: { code: 'segment_is_no_list' } },
  });
});

test('members of a segment that is not there, and too many at once, are refused', async () => {
  const none = await call('POST', '/v1/segments/none/members', { ids: ['ann'] });
  expect(none).toMatchObject({ status: 404, body: { error: { code: 'unknown_segment' } } });
  const many = Array.from({ length: 1_001 }, (_, index) => `u-${index}`);
  expect((await call('POST', '/v1/segments/none/members', { ids: many })).status).toBe(400);
});
