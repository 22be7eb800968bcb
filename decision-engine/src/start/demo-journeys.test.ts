import { afterAll, beforeAll, expect, test } from 'vitest';
import { setJourneyState } from '../journeys/manage/publish-journey.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { installDemoJourneys } from './demo-journeys.js';
import { DEMO_CATALOGUE } from './seed-catalogue.js';

let shop: TestEngine;
beforeAll(async () => {
  shop = await startTestEngine(DEMO_CATALOGUE);
});
afterAll(() => shop.close());

const states = async () =>
  Object.fromEntries((await shop.store.journeys.find().lean()).map(({ _id, state }) => [_id, state]));

test('the first start runs two journeys that need nothing more than its catalogue', async () => {
  await installDemoJourneys(shop.engine);
  expect(await states()).toEqual({ 'abandoned-basket': 'on', 'win-back': 'on' });
  // Its catalogue holds what they need: installing adds no revision of its own.
  expect(await shop.store.catalogues.countDocuments()).toBe(0);
});

test('a later start leaves what people changed', async () => {
  await setJourneyState(shop.engine, 'win-back', 'stopped');
  await installDemoJourneys(shop.engine);
  expect(await states()).toEqual({ 'abandoned-basket': 'on', 'win-back': 'stopped' });
});
