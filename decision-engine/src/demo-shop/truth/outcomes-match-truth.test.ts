import { beforeAll, describe, expect, it } from 'vitest';
import { type LabelledEvent, type LabelledWorld, labelledEvents, UPLIFT_KINDS } from './index.js';

const WORLD: LabelledWorld = {
  seed: 21,
  customers: 1500,
  start: new Date('2025-06-01T00:00:00Z'),
  end: new Date('2026-01-01T00:00:00Z'),
};

type Shown = NonNullable<LabelledEvent['truth']>;
let shown: Shown[] = [];
let events: LabelledEvent[] = [];

beforeAll(() => {
  events = [...labelledEvents(WORLD)];
  shown = events.flatMap(({ truth }) => (truth?.outcome === 'shown' ? [truth] : []));
}, 60_000);

/** Chi-square of yes and no in ten equal groups by probability; 10 degrees of freedom, 0.1 % at 29.6. */
function chiSquare(offers: readonly Shown[]): number {
  const sorted = [...offers].sort((a, b) => a.answer.probability - b.answer.probability);
  let sum = 0;
  for (let group = 0; group < 10; group += 1) {
    const part = sorted.slice((group * sorted.length) / 10, ((group + 1) * sorted.length) / 10);
    const expected = part.reduce((total, { answer }) => total + answer.probability, 0);
    const variance = part.reduce(
      (total, { answer }) => total + answer.probability * (1 - answer.probability),
      0,
    );
    const yes = part.filter(({ answer }) => answer.answer === 'accepted').length;
    if (variance > 0) sum += (yes - expected) ** 2 / variance;
  }
  return sum;
}

describe('what customers answer', () => {
  it('has the frequencies of the true probabilities', () => {
    expect(shown.length).toBeGreaterThan(5000);
    expect(chiSquare(shown)).toBeLessThan(29.6);
  });

  it('has them on each channel too', () => {
    const channels = ['web', 'email', 'agent', 'sms'] as const;
    const far = channels.filter(
      (channel) => chiSquare(shown.filter(({ offer }) => offer.channel === channel)) > 29.6,
    );
    expect(far).toEqual([]);
  });

  it('is offered with the probability that is logged', () => {
    // Of all moments with n candidates, a share of n / (n + 1) shows something; each of the n equally often.
    const first = shown.filter(({ offer }) => offer.action.id === 'kitchen-week' && offer.channel === 'web');
    const second = shown.filter(
      ({ offer }) => offer.action.id === 'garden-season' && offer.channel === 'web',
    );
    const difference = first.length - second.length;
    expect(Math.abs(difference)).toBeLessThan(3.3 * Math.sqrt(first.length + second.length));
    expect(shown.every(({ offer }) => offer.propensity > 0 && offer.propensity < 1)).toBe(true);
  });

  it('comes at once on the web and hours later by e-mail, if at all', () => {
    const hours = (channel: string) =>
      shown.flatMap(({ offer, answer }) =>
        offer.channel === channel && answer.answer !== 'none' ? [answer.delay / 3_600_000] : [],
      );
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(hours('web'))).toBeLessThan(0.05);
    expect(mean(hours('email'))).toBeGreaterThan(5);
    const silent = shown.filter(({ offer, answer }) => offer.channel === 'email' && answer.answer === 'none');
    expect(silent.length / shown.filter(({ offer }) => offer.channel === 'email').length).toBeGreaterThan(
      0.7,
    );
  });

  it('tells apart customers as a good model would: true AUC above 0.75', () => {
    const sorted = [...shown].sort((a, b) => a.answer.probability - b.answer.probability);
    let ranks = 0;
    let yes = 0;
    for (const [rank, { answer }] of sorted.entries()) {
      if (answer.answer !== 'accepted') continue;
      ranks += rank + 1;
      yes += 1;
    }
    expect((ranks - (yes * (yes + 1)) / 2) / (yes * (sorted.length - yes))).toBeGreaterThan(0.75);
  });

  it('comes from all four kinds of people, each at least one in twenty', () => {
    const shares = UPLIFT_KINDS.map(
      (kind) => shown.filter((offer) => offer.kind === kind).length / shown.length,
    );
    expect(shares.filter((share) => share < 0.05)).toEqual([]);
  });

  it('tires: the same customers say yes less when they were spoken to a lot', () => {
    const rate = (offers: readonly Shown[]) =>
      offers.reduce((sum, { answer }) => sum + answer.probability, 0) / offers.length;
    const seen = new Map<string, number[]>();
    const fresh: Shown[] = [];
    const pestered: Shown[] = [];
    for (const { event, truth } of events) {
      if (truth?.outcome !== 'shown' || truth.offer.channel !== 'web') continue;
      const times = seen.get(truth.customer.identity.userId) ?? [];
      const at = Date.parse(event.timestamp);
      const lately = times.filter((time) => at - time < 7 * 86_400_000).length;
      if (lately === 0) fresh.push(truth);
      else if (lately >= 2) pestered.push(truth);
      seen.set(truth.customer.identity.userId, [...times, at]);
    }
    expect(pestered.length).toBeGreaterThan(100);
    expect(rate(pestered)).toBeLessThan(0.85 * rate(fresh));
  });
});
