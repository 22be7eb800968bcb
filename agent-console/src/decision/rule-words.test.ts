import { describe, expect, it } from 'vitest';
import { plainName, ruleWords } from './rule-words';

describe('ruleWords', () => {
  it.each([
    [
      { rule: 'applicability: A parcel is late', detail: 'features.parcels_late is 0, wanted above 0' },
      'Only when: a parcel is late',
    ],
    [{ rule: 'contactPolicy: Later means tomorrow', detail: '1 x postponed in 1d' }, 'Later means tomorrow'],
    [{ rule: 'contactPolicy: frequency limits', detail: '2 of 2 used this week' }, '2 of 2 used this week'],
    [{ rule: 'consent: consent', detail: 'marketing on email: denied' }, 'Marketing on email: denied'],
    [{ rule: 'fallback', detail: '' }, 'fallback'],
  ])('%o reads %j', (rule, words) => {
    expect(ruleWords(rule)).toBe(words);
  });
});

describe('plainName', () => {
  it('turns an id into words', () => {
    expect([plainName('service-recovery'), plainName('next_purchase'), plainName('Retain')]).toEqual([
      'Service recovery',
      'Next purchase',
      'Retain',
    ]);
  });
});
