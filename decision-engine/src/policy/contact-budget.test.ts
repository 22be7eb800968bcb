import { expect, it } from 'vitest';
import type { ContactEntry } from '../decide/decision-profile.js';
import { contactBudgets } from './contact-budget.js';
import { type FrequencyLimit, frequencyLimitSchema } from './contact-policy.js';

const NOW = new Date('2026-11-20T12:00:00Z');
const DAY = 86_400_000;

const limit = (given: Readonly<Record<string, unknown>>): FrequencyLimit =>
  frequencyLimitSchema.parse({ name: 'two e-mails a week', max: 2, window: '7d', ...given });

const contact = (daysAgo: number, given: Partial<ContactEntry> = {}): ContactEntry => ({
  decisionId: `d-${daysAgo}`,
  actionId: 'voucher',
  treatmentId: 'mail',
  channel: 'email',
  class: 'promotional',
  groupId: 'offers',
  issueId: 'sales',
  outcome: 'shown',
  at: new Date(NOW.getTime() - daysAgo * DAY),
  ...given,
});

it('counts what the limit selects, in the window that ends now, each contact once', () => {
  const twice = [contact(2), contact(2, { outcome: 'clicked' })];
  const history = [...twice, contact(7), contact(8), contact(1, { channel: 'sms' })];
  const [budget] = contactBudgets([limit({ appliesTo: { channels: ['email'] } })], history, NOW);
  expect(budget).toEqual({ name: 'two e-mails a week', max: 2, used: 1, window: '7d', freeAt: null });
});

it('says when the next one fits in where none is left, and never where none is allowed', () => {
  const history = [contact(6), contact(2)];
  const [used, none] = contactBudgets([limit({}), limit({ max: 0 })], history, NOW);
  expect(used).toMatchObject({ used: 2, freeAt: new Date(NOW.getTime() + DAY) });
  expect(none).toMatchObject({ max: 0, freeAt: null });
});

it('leaves out limits that depend on what is to be sent', () => {
  expect(contactBudgets([limit({ per: 'action' }), limit({ per: 'group' })], [contact(1)], NOW)).toEqual([]);
});
