import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createAnswerChecker } from '../../testing/answer-checker.js';
import { startTestProduct, type TestProduct } from '../../testing/test-product.js';
import { openApiDocument } from '../openapi/open-api-document.js';
import { simulationView } from '../shapes/simulation.js';
import { ENDPOINTS } from './endpoints.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
}, 30_000);
afterAll(() => product.close());

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

async function newDraft(content?: unknown): Promise<string> {
  const { body } = await call('POST', '/v1/catalogue/drafts', { name: 'a draft', content });
  return String(Reflect.get(Object(body), 'draftId'));
}

test('a draft is simulated over all customers, and its result read when it is done', async () => {
  await call('POST', '/v1/track', { userId: 'simulated', event: 'Product Added', properties: { price: 5 } });
  const draftId = await newDraft({ actions: [], policies: {}, segments: [] });
  const started = await call('POST', '/v1/simulations', { draftId, channel: 'web' });
  expect(started.status).toBe(200);
  const { simulationId } = simulationView.parse(started.body);
  await vi.waitFor(async () => {
    const { body } = await call('GET', `/v1/simulations/${simulationId}`);
    const { state, progress, result } = simulationView.parse(body);
    expect(state).toBe('done');
    expect(progress.done).toBe(progress.of);
    expect(result?.draft).toMatchObject({ customers: progress.of, reached: 0 });
  });
  const stopped = await call('DELETE', `/v1/simulations/${simulationId}`);
  expect(simulationView.parse(stopped.body).state).toBe('done');
});

test('an unknown draft, segment or simulation, and a draft that is wrong, each say so', async () => {
  const draftId = await newDraft();
  const codeOf = async (method: string, url: string, body?: unknown) => {
    const answer = await call(method, url, body);
    return [answer.status, Reflect.get(Object(Reflect.get(Object(answer.body), 'error')), 'code')];
  };
  expect(await codeOf('POST', '/v1/simulations', { draftId: 'drf_none', channel: 'web' })).toEqual([
    404,
    'unknown_draft',
  ]);
  expect(await codeOf('POST', '/v1/simulations', { draftId, channel: 'web', segment: 'nobody' })).toEqual([
    404,
    'unknown_segment',
  ]);
  expect(await codeOf('GET', '/v1/simulations/sim_none')).toEqual([404, 'unknown_simulation']);
  const wrong = await newDraft({ actions: [{ actionId: 'x' }], policies: {} });
  expect(await codeOf('POST', '/v1/simulations', { draftId: wrong, channel: 'web' })).toEqual([
    422,
    'catalogue_invalid',
  ]);
});
