import type { InboundEvent } from '@segue/integrations';
import { expect, test } from 'vitest';
import type { ApiKeyScope } from '../../access/api-key-document.js';
import { OWN_EVENTS } from '../../customers/own-events.js';
import type { KnownCaller } from '../caller.js';
import { ownEventIssues } from './own-event-rights.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const app = (...scopes: ApiKeyScope[]): KnownCaller => ({ kind: 'app', keyId: 'k', name: 'page', scopes });
const event = (name: string, type: InboundEvent['type'] = 'track'): InboundEvent => ({
  messageId: name,
  type,
  name,
  userId: 'ada',
  timestamp: NOW,
  receivedAt: NOW,
  traits: {},
  properties: {},
  context: {},
});
const issues = (caller: KnownCaller, ...events: InboundEvent[]) =>
  ownEventIssues(caller, events, (index) => `batch[${index}].`).map(({ path, got }) => [path, got]);

test.each([
  'Order Completed',
  OWN_EVENTS.suppressionSet,
  OWN_EVENTS.consentUpdated,
  OWN_EVENTS.experimentViewed,
])('everybody who may send events may send "%s"', (name) => {
  expect(issues(app('events:write'), event(name))).toEqual([]);
});

test('nobody may say what only Segue knows, but a page may be called so', () => {
  const sent = [event('Order Completed'), event('Segment Entered'), event('Segment Entered', 'page')];
  expect(issues(app('events:write', 'segments:write'), ...sent)).toEqual([
    ['batch[1].event', '"Segment Entered"'],
  ]);
});

test.each([
  [OWN_EVENTS.suppressionLifted, 'privacy:manage'],
  [OWN_EVENTS.listJoined, 'segments:write'],
  [OWN_EVENTS.listLeft, 'segments:write'],
] as const)('"%s" needs "%s"', (name, scope) => {
  expect(() => issues(app('events:write'), event(name))).toThrow(`"${scope}"`);
  expect(issues(app('events:write', scope), event(name))).toEqual([]);
});
