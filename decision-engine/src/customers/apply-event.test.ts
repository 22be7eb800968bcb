import type { JsonObject, SegueEvent } from '@segue/models';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEvent, newProfile } from './apply-event.js';
import { type CustomerId, type Profile, RECENT_KEPT } from './profile.js';

const T0 = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

function event(hours: number, more: Partial<SegueEvent>): SegueEvent {
  return {
    messageId: `m${hours}`,
    type: 'track',
    name: '',
    timestamp: new Date(T0 + hours * HOUR),
    properties: {},
    context: {},
    ...more,
  };
}
const track = (hours: number, name: string, properties: JsonObject = {}) =>
  event(hours, { name, properties });
const identify = (hours: number, properties: JsonObject) => event(hours, { type: 'identify', properties });

function after(events: readonly SegueEvent[]): Profile {
  return events.reduce(applyEvent, newProfile('cus_1' as CustomerId, events[0]?.timestamp ?? new Date(T0)));
}

describe('traits', () => {
  test('the newest word on each trait wins, also when it arrives first', () => {
    const { traits } = after([identify(5, { plan: 'gold' }), identify(2, { plan: 'free', city: 'Leeds' })]);
    expect(traits).toEqual({ plan: 'gold', city: 'Leeds' });
  });

  test('consent is no trait', () => {
    const { traits, consent } = after([identify(1, { consent: { email: true, sms: { marketing: false } } })]);
    expect(traits).toEqual({});
    expect(consent.map(({ channel, purpose, state }) => [channel, purpose, state])).toEqual([
      ['email', 'marketing', 'granted'],
      ['sms', 'marketing', 'denied'],
    ]);
  });
});

describe('consent', () => {
  const stateOf = (profile: Profile, channel: string) =>
    profile.consent.find((entry) => entry.channel === channel && entry.purpose === 'marketing')?.state;

  test('a later yes does not come from an older event', () => {
    const profile = after([track(5, 'Unsubscribed'), identify(2, { consent: { email: true } })]);
    expect(stateOf(profile, 'email')).toBe('denied');
  });

  test('who comes back is back', () => {
    const profile = after([track(5, 'Unsubscribed'), identify(9, { consent: { email: true } })]);
    expect(stateOf(profile, 'email')).toBe('granted');
  });

  test('a consent manager speaks of channels, of all marketing, and of profiling', () => {
    const categoryPreferences = {
      marketing_sms: false,
      Advertising: true,
      personalisation: false,
      Analytics: true,
    };
    const profile = after([event(1, { context: { consent: { categoryPreferences } } })]);
    expect(
      profile.consent.map(({ channel, purpose, state }) => `${channel} ${purpose} ${state}`).sort(),
    ).toEqual(['* analytics granted', '* marketing granted', '* profiling denied', 'sms marketing denied']);
  });
});

describe('the rest of the profile', () => {
  test('outcomes become contacts and leave the last behaviour as it was', () => {
    const shown = track(3, 'Action Shown', {
      decision_id: 'd',
      action_id: 'a',
      group_id: 'g',
      treatment_id: 't',
      channel: 'agent',
    });
    const profile = after([track(1, 'Product Viewed'), shown]);
    expect(profile.contacts).toEqual([
      {
        at: new Date(T0 + 3 * HOUR),
        outcome: 'shown',
        channel: 'agent',
        actionId: 'a',
        groupId: 'g',
        treatmentId: 't',
        decisionId: 'd',
        until: null,
      },
    ]);
    expect(profile.lastBehaviourAt).toEqual(new Date(T0 + HOUR));
    expect(profile.lastSeenAt).toEqual(new Date(T0 + 3 * HOUR));
  });

  test('a conversation is open until it ends solved', () => {
    const open = after([
      track(1, 'Live Chat Conversation Started', { conversation_id: 'c', topic: 'late_parcel', mood: -0.8 }),
    ]);
    expect(open.conversation).toMatchObject({ open: true, topic: 'late_parcel', mood: -0.8 });
    const ended = track(2, 'Live Chat Conversation Ended', {
      conversation_id: 'c',
      resolved: true,
      mood: 0.5,
    });
    expect(applyEvent(open, ended).conversation).toMatchObject({
      open: false,
      topic: 'late_parcel',
      mood: 0.5,
    });
    const unsolved = track(2, 'Live Chat Conversation Ended', { conversation_id: 'c', resolved: false });
    expect(applyEvent(open, unsolved).conversation).toMatchObject({ open: true });
  });

  test('a time zone that is none is not taken', () => {
    const at = (hours: number, timezone: string) => event(hours, { context: { timezone } });
    expect(after([at(1, 'Europe/Berlin'), at(2, 'Mars/Olympus')]).timeZone).toBe('Europe/Berlin');
  });

  test('only so much is remembered, and it is known since when', () => {
    const profile = after(
      Array.from({ length: RECENT_KEPT + 5 }, (_, hour) => track(hour, 'Product Viewed')),
    );
    expect(profile.recent).toHaveLength(RECENT_KEPT);
    expect(profile.recentSince).toEqual(new Date(T0 + 4 * HOUR + 1));
  });

  test('the order of arrival does not matter', () => {
    const anyEvent = fc
      .record({ hours: fc.integer({ min: 0, max: 5000 }), kind: fc.integer({ min: 0, max: 6 }) })
      .map(({ hours, kind }) => {
        const properties = { product_id: `p${hours % 7}`, price: hours % 90, quantity: 1 };
        const kinds: SegueEvent[] = [
          track(hours, 'Product Added', properties),
          track(hours, 'Order Completed', { order_id: `o${hours}`, total: hours % 100 }),
          identify(hours, { plan: `plan ${hours}` }),
          track(hours, 'Unsubscribed'),
          identify(hours, { consent: { email: hours % 2 === 0 } }),
          track(hours, 'Action Shown', { decision_id: `d${hours}`, action_id: 'a', channel: 'email' }),
          track(hours, 'Live Chat Conversation Started', { conversation_id: `c${hours}`, mood: 0.1 }),
        ];
        return kinds[kind] ?? track(hours, 'Product Viewed');
      });
    // One thing an hour: what happens at the very same instant has no order to keep.
    const events = fc.uniqueArray(anyEvent, {
      maxLength: 40,
      selector: ({ timestamp }) => timestamp.getTime(),
    });
    fc.assert(
      fc.property(events, fc.infiniteStream(fc.nat()), (inOrder, keys) => {
        const shuffled = inOrder
          .map((each) => ({ each, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        const sorted = [...inOrder].sort((a, b) => a.timestamp.getTime() - b.timestamp.getTime());
        const strip = ({ consent, totals, ...rest }: Profile) => ({
          ...rest,
          consent: [...consent].sort((a, b) => a.channel.localeCompare(b.channel)),
          orders: totals.orders,
          revenue: Math.round(totals.revenue * 100),
        });
        expect(strip(after(shuffled))).toEqual(strip(after(sorted)));
      }),
      { numRuns: 150, seed: 11 },
    );
  });
});
