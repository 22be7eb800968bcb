import type { SegueEvent } from '@segue/models';
import { describe, expect, test } from 'vitest';
import { applyEvent, newProfile } from './apply-event.js';
import { DEVICES_KEPT, latestDevice } from './device-from-event.js';
import type { CustomerId, Profile } from './profile.js';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12, minute));
const keys = {
  p256dh: Buffer.alloc(65, 4).toString('base64url'),
  auth: Buffer.alloc(16).toString('base64url'),
};
const PUSH = 'https://push.example.net/1';

function event(minute: number, more: Partial<SegueEvent>): SegueEvent {
  return {
    messageId: `m${minute}`,
    type: 'track',
    name: '',
    timestamp: at(minute),
    properties: {},
    context: {},
    ...more,
  };
}
const app = (minute: number, token: string) =>
  event(minute, { type: 'screen', context: { device: { token, type: 'iOS' } } });
const browser = (minute: number, subscription: unknown = { endpoint: PUSH, keys }) =>
  event(minute, { name: 'Push Subscribed', properties: { subscription: subscription as never } });
const gone = (minute: number, address: string) =>
  event(minute, { name: 'Device Gone', properties: { address } });
const after = (...events: readonly SegueEvent[]): Profile =>
  events.reduce(applyEvent, newProfile('cus_1' as CustomerId, at(0)));

describe('apps and browsers of a customer', () => {
  test('an app is known from the token in any event, a browser from its subscription', () => {
    const profile = after(app(1, 'token-1'), browser(2));
    expect(latestDevice(profile, 'app')).toEqual({
      kind: 'app',
      address: 'token-1',
      platform: 'ios',
      at: at(1),
      goneAt: null,
    });
    expect(latestDevice(profile, 'browser')).toMatchObject({ address: PUSH, keys });
  });

  test('the one seen last counts, whatever order the events arrive in', () => {
    expect(latestDevice(after(app(5, 'new'), app(1, 'old')), 'app')?.address).toBe('new');
    expect(latestDevice(after(app(1, 'old'), app(5, 'new'), app(6, 'old')), 'app')?.address).toBe('old');
  });

  test('one that is gone is not used, a late event does not bring it back, a new one does', () => {
    expect(latestDevice(after(app(1, 'a'), gone(2, 'a')), 'app')).toBeNull();
    expect(latestDevice(after(app(1, 'a'), gone(3, 'a'), app(2, 'a')), 'app')).toBeNull();
    expect(latestDevice(after(app(1, 'a'), gone(2, 'a'), app(3, 'a')), 'app')?.address).toBe('a');
    expect(latestDevice(after(app(3, 'a'), gone(2, 'a')), 'app')?.address).toBe('a');
    expect(latestDevice(after(app(1, 'old'), app(2, 'a'), gone(3, 'a')), 'app')?.address).toBe('old');
  });

  test('broken subscriptions and endless tokens are left alone, and no more are kept than make sense', () => {
    expect(
      after(browser(1, { endpoint: 'http://push.example.net', keys }), app(2, 'x'.repeat(5_000))).devices,
    ).toBe(undefined);
    const many = after(...Array.from({ length: 30 }, (_, index) => app(index, `token-${index}`)));
    expect(many.devices).toHaveLength(DEVICES_KEPT);
    expect(many.devices?.[0]?.address).toBe('token-29');
  });
});

test('when the customer last wrote is known by channel', () => {
  const wrote = (minute: number, channel: string) =>
    event(minute, { name: 'Message Received', properties: { channel, text: 'Hello' } });
  expect(after(wrote(5, 'whatsapp'), wrote(2, 'whatsapp'), wrote(3, 'sms')).heardFrom).toEqual({
    whatsapp: at(5),
    sms: at(3),
  });
  expect(after(event(1, { name: 'Order Completed' })).heardFrom).toBeUndefined();
});
