import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPointer } from '../../scoring/champions.js';
import { createAnswerChecker } from '../../testing/answer-checker.js';
import { type ChurnVersions, trainChurnVersions } from '../../testing/churn-versions.js';
import { startTestProduct, type TestProduct } from '../../testing/test-product.js';
import { openApiDocument } from '../openapi/open-api-document.js';
import { championAnswer, driftAnswer, modelList, shadowScores, versionDetail } from '../shapes/model.js';
import { ENDPOINTS } from './endpoints.js';

let product: TestProduct;
let versions: ChurnVersions;
beforeAll(async () => {
  versions = await trainChurnVersions();
  await versions.add('a', 0.4);
  await versions.add('b', 0.39);
  await versions.add('c', 0.5);
  product = await startTestProduct({ modelsFolder: versions.modelsFolder });
}, 120_000);
afterAll(async () => {
  await product?.close();
  await versions?.remove();
});

const problemsOf = createAnswerChecker(openApiDocument(ENDPOINTS, { closed: true }));

async function call(method: string, url: string, { body, key }: { body?: unknown; key?: string } = {}) {
  const response = await fetch(product.url + url, {
    method,
    headers: {
      authorization: `Bearer ${key ?? product.key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answered: unknown = await response.json();
  const { status, headers } = response;
  expect(problemsOf({ method, url, status, headers, body: answered })).toEqual([]);
  return { status, body: answered };
}

async function churn() {
  const { body } = await call('GET', '/v1/models');
  const model = modelList.parse(body).items.find((each) => each.model === 'churn');
  if (model === undefined) throw new Error('Expected churn among the models');
  return model;
}

test('before any was promoted, versions are listed and none is in force', async () => {
  const model = await churn();
  expect(model).toMatchObject({ inForce: null, before: null, shadow: null, drift: null });
  expect(model.versions.map(({ version, standing }) => [version, standing])).toEqual([
    ['c', 'challenger'],
    ['b', 'challenger'],
    ['a', 'challenger'],
  ]);
});

test('promoting goes by the gate, says why, and can be rolled back', async () => {
  const promote = (version: string, force = false) =>
    call('POST', '/v1/models/churn/promote', { body: { version, force } });
  expect(championAnswer.parse((await promote('a')).body)).toMatchObject({ inForce: 'a', changed: true });
  expect(championAnswer.parse((await promote('a')).body)).toMatchObject({ changed: false });
  const detail = versionDetail.parse((await call('GET', '/v1/models/churn/versions/c')).body);
  expect(detail.verdict).toEqual({
    promote: false,
    reason: 'the log loss of c, 0.5000, is above the interval of a (up to 0.4200)',
  });
  expect(await promote('c')).toMatchObject({ status: 409, body: { error: { code: 'promotion_refused' } } });
  expect(championAnswer.parse((await promote('b')).body)).toMatchObject({ inForce: 'b', before: 'a' });
  expect(await readPointer(versions.modelsFolder, 'churn')).toMatchObject({ version: 'b', before: ['a'] });

  const back = await call('POST', '/v1/models/churn/rollback', { body: {} });
  expect(championAnswer.parse(back.body)).toMatchObject({ inForce: 'a', before: 'b' });
  const again = await call('POST', '/v1/models/churn/rollback', { body: {} });
  expect(again).toMatchObject({ status: 409, body: { error: { code: 'no_earlier_version' } } });
  expect(await promote('nothing')).toMatchObject({ status: 404 });
});

test('a version in full has its test, its curve with intervals and its card', async () => {
  const detail = versionDetail.parse((await call('GET', '/v1/models/churn/versions/a')).body);
  expect(detail).toMatchObject({ standing: 'champion', verdict: null, problem: null });
  expect(detail.figures?.testedOn?.n).toBeGreaterThan(50);
  expect(Object.keys(detail.figures?.baselines ?? {})).toContain('baseRate');
  for (const { low, observed, high } of detail.report?.curve ?? []) {
    expect(low).toBeLessThanOrEqual(observed);
    expect(high).toBeGreaterThanOrEqual(observed);
  }
  expect(detail.report?.curve.reduce((sum, { n }) => sum + n, 0)).toBe(detail.figures?.testedOn?.n);
  expect(detail.card).toContain('# churn');
});

test('a shadow scores beside it; with no decisions yet there is nothing to compare', async () => {
  await call('POST', '/v1/models/churn/shadow', { body: { version: 'c' } });
  expect((await churn()).shadow).toBe('c');
  const scores = shadowScores.parse((await call('GET', '/v1/models/churn/shadow-scores')).body);
  expect(scores).toMatchObject({ shadow: 'c', n: 0, answered: null, pairs: [] });
  await call('POST', '/v1/models/churn/shadow', { body: { version: null } });
  expect((await churn()).shadow).toBeNull();
});

test('drift says why it is not known, and is kept', async () => {
  const measured = driftAnswer.parse((await call('POST', '/v1/models/churn/drift', { body: {} })).body);
  expect(measured.drift).toMatchObject({ known: false });
  expect((await churn()).drift).toEqual(measured.drift);
});

test('a key that may read models may not promote', async () => {
  const key = await product.newKey(['models:read']);
  expect((await call('GET', '/v1/models', { key })).status).toBe(200);
  const refused = await call('POST', '/v1/models/churn/promote', { body: { version: 'b' }, key });
  expect(refused).toMatchObject({ status: 403 });
});
