import type { JsonObject, SegueEvent } from '@segue/models';
import { describe, expect, test } from 'vitest';
import { applyEvent, newProfile } from './apply-event.js';
import { bucketingKeyOf } from './exposure-from-event.js';
import { OWN_EVENTS } from './own-events.js';
import type { CustomerId, Profile } from './profile.js';
import { suppressionsInForce } from './suppression-from-event.js';

const T0 = Date.UTC(2026, 0, 1);
const at = (hours: number): Date => new Date(T0 + hours * 3_600_000);

function track(hours: number, name: string, properties: JsonObject = {}): SegueEvent {
  return {
    messageId: `${name} ${hours}`,
    type: 'track',
    name,
    timestamp: at(hours),
    properties,
    context: {},
  };
}

function after(events: readonly SegueEvent[]): Profile {
  return events.reduce(applyEvent, newProfile('cus_1' as CustomerId, at(0)));
}

describe('suppressions', () => {
  const stop = track(1, OWN_EVENTS.suppressionSet, {
    suppression_id: 'stop-sms',
    kind: 'legal',
    channel: 'sms',
    reason: 'wrote STOP',
    source: 'SMS',
  });
  const lift = track(3, OWN_EVENTS.suppressionLifted, { suppression_id: 'stop-sms', source: 'START by SMS' });

  test('hold until they are lifted, in whatever order the events arrive', () => {
    const [known] = suppressionsInForce(after([stop]).suppressions, at(2));
    expect(known).toMatchObject({
      kind: 'legal',
      channel: 'sms',
      reason: 'wrote STOP',
      source: 'SMS',
      until: null,
    });
    for (const events of [
      [stop, lift],
      [lift, stop],
    ]) {
      expect(suppressionsInForce(after(events).suppressions, at(4))).toEqual([]);
    }
    const again = { ...stop, messageId: 'again', timestamp: at(5) };
    expect(suppressionsInForce(after([again, lift, stop]).suppressions, at(6))).toHaveLength(1);
  });

  test('end at their time, and what is not clearly a pause is legal', () => {
    const { suppressions } = after([
      track(1, OWN_EVENTS.suppressionSet, {
        suppression_id: 'quiet',
        kind: 'pause',
        groups: ['offers'],
        until: at(9).toISOString(),
      }),
      track(1, OWN_EVENTS.suppressionSet, {
        suppression_id: 'odd',
        kind: 'whatever',
        classes: ['promotional', 'x'],
      }),
    ]);
    expect(suppressionsInForce(suppressions, at(8)).map(({ suppressionId }) => suppressionId)).toEqual([
      'quiet',
      'odd',
    ]);
    expect(suppressionsInForce(suppressions, at(9))).toMatchObject([
      { suppressionId: 'odd', kind: 'legal', classes: ['promotional'] },
    ]);
  });
});

test('an opt-in is kept with its source and time', () => {
  const { consent } = after([
    track(2, OWN_EVENTS.consentUpdated, {
      channel: 'email',
      purpose: 'marketing',
      state: 'granted',
      source: 'preference page',
    }),
    track(3, OWN_EVENTS.consentUpdated, { channel: 'sms', state: 'perhaps' }),
  ]);
  expect(consent).toEqual([
    { channel: 'email', purpose: 'marketing', state: 'granted', source: 'preference page', at: at(2) },
  ]);
});

describe('exposures', () => {
  const seen = (hours: number, key: string): SegueEvent => ({
    ...track(hours, OWN_EVENTS.experimentViewed, {
      experiment_id: 'x',
      variation_id: 'b',
      bucketing_key: key,
    }),
    messageId: `${key} ${hours}`,
  });

  test('the first one keeps the customer where they were, whatever was merged in later', () => {
    expect(bucketingKeyOf(after([]))).toBe('cus_1');
    for (const events of [
      [seen(1, 'anonymous'), seen(5, 'cus_1')],
      [seen(5, 'cus_1'), seen(1, 'anonymous')],
    ]) {
      expect(bucketingKeyOf(after(events))).toBe('anonymous');
    }
  });

  test('of other tools count for nothing', () => {
    const profile = after([track(1, OWN_EVENTS.experimentViewed, { experiment_id: 'x', variation_id: 'b' })]);
    expect(profile.exposures).toEqual([]);
  });
});

test('what Segue writes itself is nothing the customer did', () => {
  const seen = after([track(1, 'Product Viewed', { name: 'Green Boots', category: 'Shoes' })]);
  const later = after([
    track(1, 'Product Viewed', { name: 'Green Boots', category: 'Shoes' }),
    track(2, OWN_EVENTS.consentUpdated, { state: 'granted' }),
    track(3, OWN_EVENTS.suppressionSet, { kind: 'pause' }),
    track(4, OWN_EVENTS.experimentViewed, { experiment_id: 'x', bucketing_key: 'k' }),
  ]);
  expect(later.lastBehaviourAt).toEqual(seen.lastBehaviourAt);
  expect(later.recent).toEqual([{ name: 'Product Viewed', at: at(1), about: 'green boots shoes' }]);
});

describe('contacts', () => {
  const outcome = (hours: number, name: string, id = 'd1'): SegueEvent => ({
    ...track(hours, name, { decision_id: id, action_id: 'a', channel: 'email' }),
    messageId: `${name} ${hours} ${id}`,
  });

  test('an answer replaces the one before, a repeat under another id changes nothing', () => {
    const { contacts } = after([
      outcome(1, 'Action Shown'),
      outcome(2, 'Action Shown'),
      outcome(3, 'Action Rejected'),
      outcome(4, 'Action Accepted'),
    ]);
    expect(contacts.map((entry) => [entry.outcome, entry.at])).toEqual([
      ['shown', at(1)],
      ['accepted', at(4)],
    ]);
  });

  test('each one without a decision is a contact of its own', () => {
    const { contacts } = after([outcome(1, 'Action Shown', ''), outcome(2, 'Action Shown', '')]);
    expect(new Set(contacts.map(({ decisionId }) => decisionId)).size).toBe(2);
  });
});
