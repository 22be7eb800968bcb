import { expect, test } from 'vitest';
import { stripeEventsOf } from './stripe-events.js';

const now = new Date('2026-11-22T12:00:00Z');

function read(type: string, data: object) {
  return stripeEventsOf({ id: 'evt_1', type, created: 1_763_000_000, data }, now);
}

test('a refund is what was given back this time, not all that was given back so far', () => {
  const charge = { id: 'ch_1', object: 'charge', customer: 'cus_1', currency: 'eur', payment_intent: 'pi_1' };
  const totals = [
    { object: { ...charge, amount_refunded: 1000 }, previous_attributes: { amount_refunded: 0 } },
    { object: { ...charge, amount_refunded: 2500 }, previous_attributes: { amount_refunded: 1000 } },
    { object: { ...charge, amount_refunded: 2500 } },
  ].map((data) => {
    const answer = read('charge.refunded', data);
    return answer.ok ? answer.events.map(({ properties }) => properties['total']) : answer.issues;
  });
  expect(totals).toEqual([[10], [15], [25]]);
});

test("a guest's refund is the person's who paid", () => {
  const people = [
    read('checkout.session.completed', { object: { id: 'cs_1', customer: null, payment_intent: 'pi_1' } }),
    read('charge.refunded', { object: { id: 'ch_1', customer: null, payment_intent: 'pi_1' } }),
    read('checkout.session.expired', { object: { id: 'cs_2', customer: null } }),
  ].flatMap((answer): unknown[] =>
    answer.ok ? answer.events.map(({ context }) => context) : [...answer.issues],
  );
  const guest = (id: string) => ({ externalIds: [{ type: 'stripe-guest', id }] });
  expect(people).toEqual([guest('pi_1'), guest('pi_1'), guest('cs_2')]);
});

test('a checkout that only keeps a card is no order', () => {
  const session = {
    id: 'cs_1',
    object: 'checkout.session',
    customer: 'cus_1',
    customer_email: 'a@example.org',
  };
  const types = ['setup', 'payment'].map((mode) => {
    const answer = read('checkout.session.completed', { object: { ...session, mode } });
    return answer.ok ? answer.events.map(({ type, name }) => `${type} ${name}`) : answer.issues;
  });
  expect(types).toEqual([['identify '], ['identify ', 'track Order Completed']]);
});

test('a call about anything else leaves nothing, whatever it looks like; one without a type is refused', () => {
  expect(read('balance.available', { object: { object: 'balance', email: 5 } })).toEqual({
    ok: true,
    events: [],
  });
  expect(stripeEventsOf({ id: 'evt_1' }, now).ok).toBe(false);
});
