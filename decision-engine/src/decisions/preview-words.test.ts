import { emptyFeatureState } from '@segue/models';
import { describe, expect, it } from 'vitest';
import type { CustomerId, Profile } from '../customers/profile.js';
import { previewWords } from './preview-words.js';

const now = new Date('2026-11-22T12:00:00Z');
const profile: Profile = {
  customerId: 'cus_1' as CustomerId,
  schemaVersion: 1,
  traits: { firstName: 'Ada' },
  traitTimes: {},
  consent: [],
  timeZone: null,
  language: null,
  firstSeenAt: now,
  lastSeenAt: now,
  lastBehaviourAt: null,
  features: emptyFeatureState(),
  contacts: [],
  suppressions: [],
  exposures: [],
  conversation: null,
  page: null,
  recent: [],
  recentSince: null,
  totals: { orders: 3, revenue: 120, currency: 'GBP' },
};
const preview = (source: string) => previewWords(profile, { source, channel: 'email', context: {} });

describe('previewWords', () => {
  it('fills in what is known, and names what it asked for', () => {
    expect(preview('Hello {{ customer.firstName }}, {{ customer.orders }} orders')).toEqual({
      text: 'Hello Ada, 3 orders',
      problem: null,
      variables: ['customer.firstName', 'customer.orders'],
    });
  });

  it('says what the customer lacks, and what to write', () => {
    const { text, problem } = preview('Hello {{ customer.town }}');
    expect(text).toBeNull();
    expect(problem).toContain('has no "customer.town"');
    expect(preview('Hello {{ customer.town | default: "there" }}').text).toBe('Hello there');
  });

  it('says where a template is broken', () => {
    expect(preview('Hello {{ customer.firstName').problem).toMatch(/not closed/);
  });
});
