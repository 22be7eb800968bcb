import { expect, test } from 'vitest';
import { shopifyEventsOf } from './shopify-events.js';

const now = new Date('2026-11-22T12:00:00Z');

function consents(customer: object): unknown[] {
  const body = { id: 77, updated_at: '2026-11-20T10:00:00Z', ...customer };
  const read = shopifyEventsOf('customers/update', body, now);
  return read.ok
    ? read.events.flatMap(({ traits, timestamp }) =>
        'consent' in traits ? [{ ...traits, at: timestamp.toISOString() }] : [],
      )
    : [read.issues];
}

test('consent counts from when it was given, not from when the customer changed', () => {
  const consent = { state: 'subscribed', consent_updated_at: '2025-01-02T03:04:05+01:00' };
  expect(consents({ email_marketing_consent: consent })).toEqual([
    { consent: { email: { marketing: true } }, at: '2025-01-02T02:04:05.000Z' },
  ]);
});

test('a yes without a time is as old as the account, or not known; a no counts from the change', () => {
  const yes = { email_marketing_consent: { state: 'subscribed', consent_updated_at: null } };
  expect(consents(yes)).toEqual([]);
  expect(consents({ ...yes, created_at: '2024-05-06T00:00:00Z' })).toEqual([
    { consent: { email: { marketing: true } }, at: '2024-05-06T00:00:00.000Z' },
  ]);
  expect(consents({ email_marketing_consent: { state: 'unsubscribed' } })).toEqual([
    { consent: { email: { marketing: false } }, at: '2026-11-20T10:00:00.000Z' },
  ]);
  expect(consents({ email_marketing_consent: { state: 'not_subscribed' } })).toEqual([]);
});
