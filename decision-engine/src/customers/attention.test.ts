import { describe, expect, test } from 'vitest';
import { type AttentionFacts, attentionFor } from './attention.js';

const calm: AttentionFacts = {
  yearlyValue: 400,
  churn: { probability: 0.3, band: 'watch', baseRate: 0.4 },
  daysSinceOrder: 12,
  basket: null,
  conversation: null,
  lateParcels: 0,
  hoursSinceSeen: 30,
};
const conversation = { open: true, mood: -0.8, topic: 'late_parcel', hoursOld: 1 };

describe('attentionFor', () => {
  test('a customer without a need is not in the inbox', () => {
    expect(attentionFor(calm)).toBeNull();
  });

  test.each<[string, Partial<AttentionFacts>, string, string]>([
    ['upset and waiting', { conversation }, 'unhappy', 'Upset about late parcel, waits for an answer'],
    [
      'waiting',
      { conversation: { ...conversation, mood: null, topic: '' } },
      'unhappy',
      'Waits for an answer',
    ],
    ['a late parcel', { lateParcels: 1 }, 'delivery', 'Parcel is late, not yet delivered'],
    ['filling a basket', { basket: { value: 90, hoursOld: 0.2 } }, 'basket', 'Filling a basket right now'],
    ['a basket left', { basket: { value: 90, hoursOld: 20 } }, 'basket', 'Left a basket without ordering'],
    [
      'likely to leave',
      { churn: { probability: 0.8, band: 'likely', baseRate: 0.4 }, daysSinceOrder: 74.4 },
      'leaving',
      'Likely to leave: 74 days since order',
    ],
    ['in the shop', { hoursSinceSeen: 0.1 }, 'active', 'In the shop just now'],
  ])('%s', (_, facts, ...[kind, why]) => {
    expect(attentionFor({ ...calm, ...facts })).toMatchObject({ kind, why });
  });

  test('of several needs the most valuable is named', () => {
    const facts = { ...calm, conversation, basket: { value: 30, hoursOld: 1 }, hoursSinceSeen: 0 };
    expect(attentionFor(facts)?.kind).toBe('unhappy');
    expect(attentionFor({ ...facts, yearlyValue: 10 })?.kind).toBe('basket');
  });

  test.each<[string, Partial<AttentionFacts>]>([
    ['a conversation that ended', { conversation: { ...conversation, open: false } }],
    ['one that nobody touched for days', { conversation: { ...conversation, hoursOld: 73 } }],
    ['a basket from last week', { basket: { value: 90, hoursOld: 100 } }],
  ])('%s is no need any more', (_, facts) => {
    expect(attentionFor({ ...calm, ...facts })).toBeNull();
  });

  test('who is gone for sure comes after who may still stay', () => {
    const leaving = (probability: number) =>
      attentionFor({ ...calm, churn: { probability, band: 'likely', baseRate: 0.4 } })?.urgency ?? 0;
    expect(leaving(0.75)).toBeGreaterThan(leaving(0.98));
  });
});
