import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createAnswerChecker } from '../../testing/answer-checker.js';
import { startTestProduct, type TestProduct } from '../../testing/test-product.js';
import { openApiDocument } from '../openapi/open-api-document.js';
import {
  dryRunAnswer,
  journeyCheck,
  journeyList,
  journeyView,
  replayView,
  runsPage,
  runView,
} from '../shapes/journey.js';
import { ENDPOINTS } from './endpoints.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
}, 30_000);
afterAll(() => product.close());

const problemsOf = createAnswerChecker(openApiDocument(ENDPOINTS, { closed: true }));

async function call(
  method: string,
  url: string,
  { body, key = product.key }: { body?: unknown; key?: string } = {},
) {
  const response = await fetch(product.url + url, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answered: unknown = await response.json();
  const { status, headers } = response;
  expect(problemsOf({ method, url, status, headers, body: answered })).toEqual([]);
  return { status, body: answered };
}

async function codeOf(method: string, url: string, body?: unknown) {
  const answer = await call(method, url, { body });
  return [answer.status, Reflect.get(Object(Reflect.get(Object(answer.body), 'error')), 'code')];
}

const PARCEL = `# A parcel is on its way
journeyId: parcel
name: Parcel
entry: { type: event, event: Parcel Sent, key: [context.parcel] }
exits:
  - { name: there, event: Parcel Delivered, goal: true }
steps:
  - id: ask
    type: branch
    branches:
      - { name: heavy, when: { field: context.kilos, op: gt, value: 20 }, to: heavy }
  - { id: light, type: wait, for: 3d, next: end }
  - { id: heavy, type: notifyAgent, title: Two people needed }
  - { id: later, type: wait, for: 2d }
`;

test('a journey is checked, published, read with its counts, and its runs steered', async () => {
  const checked = journeyCheck.parse(
    (await call('POST', '/v1/journey-checks', { body: { definition: PARCEL } })).body,
  );
  expect(checked.problems).toEqual([]);
  expect(checked.diagram?.edges).toContainEqual({
    way: 'ask>branches.0.to',
    from: 'ask',
    to: 'heavy',
    label: 'heavy',
  });

  const published = await call('POST', '/v1/journeys', {
    body: { definition: PARCEL, note: 'first', basedOn: 0 },
  });
  expect(published.body).toEqual({ journeyId: 'parcel', version: 1, isNew: true });
  expect(
    await codeOf('POST', '/v1/journeys', { definition: `${PARCEL}description: more`, basedOn: 0 }),
  ).toEqual([409, 'journey_outdated']);

  for (const [parcel, kilos] of [
    ['p-1', 3],
    ['p-2', 30],
  ] as const) {
    const properties = { parcel, kilos };
    await call('POST', '/v1/track', {
      body: { userId: `receiver of ${parcel}`, event: 'Parcel Sent', properties },
    });
  }
  await vi.waitFor(async () => {
    const view = journeyView.parse((await call('GET', '/v1/journeys/parcel')).body);
    expect(view.diagram.nodes.map(({ id, came, here }) => [id, came, here])).toEqual([
      ['ask', 2, 0],
      ['light', 1, 1],
      ['heavy', 1, 0],
      ['later', 1, 1],
      ['end', 0, 0],
    ]);
    expect(view.diagram.edges.filter(({ runs }) => runs > 0).map(({ way }) => way)).toEqual([
      'ask>branches.0.to',
      'ask>next',
      'heavy>next',
    ]);
    expect(view.source).toBe(PARCEL);
    expect(view.versions).toMatchObject([{ version: 1, note: 'first', active: 2 }]);
  });
  const list = journeyList.parse((await call('GET', '/v1/journeys')).body);
  expect(list.items).toMatchObject([
    {
      journeyId: 'parcel',
      state: 'on',
      counts: { entered: 2, enteredThisWeek: 2, active: 2, reachedGoal: 0 },
    },
  ]);

  const first = runsPage.parse((await call('GET', '/v1/runs?journeyId=parcel&status=active&limit=1')).body);
  const next = await call(
    'GET',
    `/v1/runs?journeyId=parcel&status=active&limit=1&cursor=${first.nextCursor ?? ''}`,
  );
  const second = runsPage.parse(next.body);
  expect([first.items.length, second.items.length, second.nextCursor]).toEqual([1, 1, null]);
  expect(second.items[0]?.runId).not.toBe(first.items[0]?.runId);
  const runId = first.items[0]?.runId ?? '';
  const stopped = runView.parse((await call('POST', `/v1/runs/${runId}/stop`, { body: {} })).body);
  expect(stopped).toMatchObject({ status: 'ended', outcome: 'stopped' });
  // Not a dead letter: nothing to try again.
  expect(runView.parse((await call('POST', `/v1/runs/${runId}/retry`, { body: {} })).body).status).toBe(
    'ended',
  );
  expect((await call('POST', '/v1/journeys/parcel/retry', { body: {} })).body).toEqual({ retried: 0 });

  expect((await call('PUT', '/v1/journeys/parcel/state', { body: { state: 'paused' } })).status).toBe(200);
  expect(journeyView.parse((await call('GET', '/v1/journeys/parcel')).body).state).toBe('paused');
});

test('every problem names its line', async () => {
  const wrong = PARCEL.replace('to: heavy', 'to: nowhere').replace('for: 3d', 'for: 900d');
  const { problems } = journeyCheck.parse(
    (await call('POST', '/v1/journey-checks', { body: { definition: wrong } })).body,
  );
  expect(problems.map(({ line }) => line)).toEqual([11, 12, 13, 14]);
  expect(problems[0]?.message).toContain('steps[0].branches[0].to');
  const broken = await call('POST', '/v1/journey-checks', { body: { definition: 'steps: [' } });
  expect(journeyCheck.parse(broken.body).problems).toMatchObject([{ line: 1 }]);
  const refused = await call('POST', '/v1/journeys', { body: { definition: wrong } });
  expect(refused.status).toBe(422);
  expect(JSON.stringify(refused.body)).toContain('Line 11: Expected');
});

test('a journey that is not published yet is played for one customer, and over the past', async () => {
  await call('POST', '/v1/track', {
    body: { userId: 'player', event: 'Parcel Sent', properties: { parcel: 'p-3' } },
  });
  const definition = PARCEL.replace('journeyId: parcel', 'journeyId: draft');
  const body = { definition, customer: { userId: 'player' }, properties: { kilos: 25 } };
  const played = dryRunAnswer.parse((await call('POST', '/v1/dry-runs', { body })).body);
  expect(played.trail.map(({ stepId }) => stepId)).toEqual(['ask', 'heavy', 'later', 'later', 'end']);
  expect(played.outcome).toBe('completed');

  const from = new Date(Date.now() - 86_400_000).toISOString();
  const to = new Date(Date.now() + 60_000).toISOString();
  const started = replayView.parse(
    (await call('POST', '/v1/replays', { body: { definition, from, to } })).body,
  );
  await vi.waitFor(async () => {
    const { state, result } = replayView.parse((await call('GET', `/v1/replays/${started.replayId}`)).body);
    expect(state).toBe('done');
    expect(result?.sample).toContainEqual(expect.objectContaining({ displayName: expect.any(String) }));
    expect(result?.entries).toBeGreaterThanOrEqual(1);
  });
});

test('a playbook is installed with the actions it needs', async () => {
  const { body } = await call('GET', '/v1/playbooks');
  expect(Reflect.get(Object(body), 'items')).toContainEqual(
    expect.objectContaining({ playbookId: 'nps-survey', installed: false }),
  );
  expect(await codeOf('POST', '/v1/playbooks/nothing/install', {})).toEqual([404, 'unknown_playbook']);
});

describe('what is not there, and who may not', () => {
  test.each([
    { url: '/v1/journeys/none', expected: [404, 'unknown_journey'] },
    { url: '/v1/journeys/parcel?version=9', expected: [404, 'unknown_journey'] },
    { url: '/v1/runs/run_none', expected: [404, 'unknown_run'] },
    { url: '/v1/runs?cursor=x', expected: [400, 'invalid_cursor'] },
    { url: '/v1/replays/rpl_none', expected: [404, 'unknown_replay'] },
  ])('GET $url', async ({ url, expected }) => {
    expect(await codeOf('GET', url)).toEqual(expected);
  });

  const customer = { userId: 'x' };
  test.each([
    { path: '/v1/runs/run_none/retry', body: {}, expected: [404, 'unknown_run'] },
    { path: '/v1/dry-runs', body: { journeyId: 'none', customer }, expected: [404, 'unknown_journey'] },
    { path: '/v1/dry-runs', body: { customer }, expected: [400, 'invalid_request'] },
  ])('POST $path $body', async ({ path, body, expected }) => {
    expect(await codeOf('POST', path, body)).toEqual(expected);
  });

  test('a state of no journey, a replay that never was', async () => {
    const state = await codeOf('PUT', '/v1/journeys/none/state', { state: 'on' });
    expect(state).toEqual([404, 'unknown_journey']);
    expect(await codeOf('DELETE', '/v1/replays/rpl_none')).toEqual([404, 'unknown_replay']);
  });

  test('a key that may read and write does not publish', async () => {
    const key = await product.newKey(['journeys:read', 'journeys:write']);
    expect((await call('GET', '/v1/journeys', { key })).status).toBe(200);
    expect((await call('POST', '/v1/journeys', { body: { definition: PARCEL }, key })).status).toBe(403);
  });
});
