import { beforeAll, describe, expect, it } from 'vitest';
import type { DemoEvent } from '../demo-event.js';
import { labelledEvents } from '../truth/labelled-events.js';

type Sent = { readonly customer: number; readonly event: DemoEvent };
let sent: Sent[] = [];

beforeAll(() => {
  sent = [
    ...labelledEvents({
      seed: 41,
      customers: 800,
      start: new Date('2025-06-01T00:00:00Z'),
      end: new Date('2026-06-01T00:00:00Z'),
    }),
  ];
}, 60_000);

function identitiesOf({ event }: Sent): string[] {
  const traits = event.type === 'identify' ? event.traits : {};
  const external = event.context['externalIds'];
  const cards = Array.isArray(external) ? external.map((entry) => JSON.stringify(entry)) : [];
  return [event.userId, event.anonymousId, traits['email'], traits['phone'], ...cards].flatMap((identity) =>
    typeof identity === 'string' ? [identity] : [],
  );
}

const customersWith = (found: (one: Sent) => boolean): number =>
  new Set(sent.filter(found).map(({ customer }) => customer)).size;

describe('identities in the demo shop', () => {
  it('never belong to two customers', () => {
    const owner = new Map<string, number>();
    const shared = sent.flatMap((one) =>
      identitiesOf(one).filter((identity) => {
        const known = owner.get(identity) ?? one.customer;
        owner.set(identity, known);
        return known !== one.customer;
      }),
    );
    expect(shared).toEqual([]);
  });

  it('begin anonymous for newcomers and become known', () => {
    const first = new Map<number, Sent>();
    for (const one of sent) if (!first.has(one.customer)) first.set(one.customer, one);
    expect([...first.values()].filter(({ event }) => event.userId === undefined).length).toBeGreaterThan(400);
    expect(
      customersWith(({ event }) => event.type === 'identify' && event.userId !== undefined),
    ).toBeGreaterThan(400);
  });

  it('come on two devices, by alias, from the till, and with a mistyped e-mail', () => {
    const devices = new Map<number, Set<string>>();
    const emails = new Map<number, Set<unknown>>();
    for (const { customer, event } of sent) {
      if (event.anonymousId !== undefined && !event.anonymousId.startsWith('till-')) {
        devices.set(customer, (devices.get(customer) ?? new Set()).add(event.anonymousId));
      }
      if (event.type === 'identify' && 'email' in event.traits) {
        emails.set(customer, (emails.get(customer) ?? new Set()).add(event.traits['email']));
      }
    }
    expect([...devices.values()].filter(({ size }) => size === 2).length).toBeGreaterThan(100);
    expect([...emails.values()].filter(({ size }) => size === 2).length).toBeGreaterThan(3);
    expect(customersWith(({ event }) => event.type === 'alias')).toBeGreaterThan(50);
    const till = (event: DemoEvent) => event.anonymousId?.startsWith('till-') === true;
    expect(customersWith(({ event }) => till(event) && event.userId === undefined)).toBeGreaterThan(20);
    expect(customersWith(({ event }) => till(event) && event.type === 'identify')).toBeGreaterThan(5);
  });

  it('can reach nobody real: example domains, and numbers kept for fiction', () => {
    const traits = sent.flatMap(({ event }) => (event.type === 'identify' ? [event.traits] : []));
    const emails = traits.flatMap(({ email }) => (typeof email === 'string' ? [email] : []));
    const phones = traits.flatMap(({ phone }) => (typeof phone === 'string' ? [phone] : []));
    expect(emails.length).toBeGreaterThan(500);
    expect(emails.filter((email) => !/^[a-z]+\.[a-z]+\d+@example\.(com|org|net)$/.test(email))).toEqual([]);
    expect(phones.length).toBeGreaterThan(200);
    expect(phones.filter((phone) => !/^(\+447700900\d{3}|\+1\d{3}55501\d{2})$/.test(phone))).toEqual([]);
  });
});
