import { z } from 'zod';
import type { InboundEvent, JsonObject } from '../segment/inbound-event.js';
import { type MadeEvent, type ReadCall, told, wholeEvents } from '../shop-calls/made-event.js';

const id = z.union([z.number().int(), z.string().min(1).max(64)]).transform(String);
const text = z.string().max(500).nullish();
const money = z.union([z.string(), z.number()]).nullish();
const time = z.iso.datetime({ offset: true });

const person = z.object({
  id,
  email: text,
  phone: text,
  first_name: text,
  last_name: text,
  created_at: time.nullish(),
  updated_at: time.nullish(),
  email_marketing_consent: z.object({ state: text, consent_updated_at: time.nullish() }).nullish(),
});
type Person = z.output<typeof person>;

const line = z.object({
  product_id: id.nullish(),
  sku: text,
  title: text,
  price: money,
  quantity: z.number(),
});
const order = z.object({
  id,
  email: text,
  phone: text,
  currency: text,
  total_price: money,
  created_at: time,
  updated_at: time.nullish(),
  cancelled_at: time.nullish(),
  customer: person.nullish(),
  line_items: z.array(line).max(500).default([]),
});
type Order = z.output<typeof order>;

function amountOf(value: z.output<typeof money>): number {
  const amount = Number(value ?? 0);
  return Number.isFinite(amount) ? amount : 0;
}

/** An order without an account is a person of its own, until its address says who. */
function contextOf({ customer, id: orderId }: Pick<Order, 'customer' | 'id'>): JsonObject {
  const who =
    customer == null ? { type: 'shopify-order', id: orderId } : { type: 'shopify', id: customer.id };
  return { externalIds: [who] };
}

/**
 * Consent as of when it was given: every order and change of a customer tells the state of back then again, which must not
 * undo what they said here since. A yes whose time nobody knows is as old as the account.
 */
function consenting(given: Person, at: string): MadeEvent[] {
  const consent = given.email_marketing_consent;
  const state = consent?.state;
  if (state !== 'subscribed' && state !== 'unsubscribed') return [];
  const since = consent?.consent_updated_at ?? (state === 'subscribed' ? given.created_at : at);
  return since == null
    ? []
    : [
        {
          messageId: `shopify:consent:${given.id}:${state}:${since}`,
          type: 'identify',
          name: '',
          timestamp: new Date(since),
          context: { externalIds: [{ type: 'shopify', id: given.id }] },
          traits: { consent: { email: { marketing: state === 'subscribed' } } },
        },
      ];
}

function identifying(given: Person, at: string): MadeEvent[] {
  const { email, phone, first_name: firstName, last_name: lastName } = given;
  return [
    {
      messageId: `shopify:customer:${given.id}:${at}`,
      type: 'identify',
      name: '',
      timestamp: new Date(at),
      context: { externalIds: [{ type: 'shopify', id: given.id }] },
      traits: told({ email, phone, firstName, lastName }),
    },
    ...consenting(given, at),
  ];
}

function about(given: Order, name: string, at: string): MadeEvent {
  const products = given.line_items.map((each) =>
    told({
      product_id: each.product_id ?? each.sku,
      sku: each.sku,
      name: each.title,
      price: amountOf(each.price),
      quantity: each.quantity,
    }),
  );
  const facts = told({ order_id: given.id, total: amountOf(given.total_price), currency: given.currency });
  return {
    // An order is completed, cancelled and shipped once, however often that is told.
    messageId: `shopify:order:${given.id}:${name}`,
    type: 'track',
    name,
    timestamp: new Date(at),
    context: contextOf(given),
    properties: { ...facts, products },
  };
}

function ordered(given: Order): MadeEvent[] {
  const { customer, created_at: at } = given;
  const who: MadeEvent[] =
    customer == null
      ? [
          {
            messageId: `shopify:order:${given.id}:guest`,
            type: 'identify',
            name: '',
            timestamp: new Date(at),
            context: contextOf(given),
            traits: told({ email: given.email, phone: given.phone }),
          },
        ]
      : identifying(customer, customer.updated_at ?? at);
  return [...who, about(given, 'Order Completed', at)];
}

type Make = (body: unknown, now: Date) => z.ZodSafeParseResult<MadeEvent[]>;

const customerMade: Make = (body, now) =>
  person.transform((given) => identifying(given, given.updated_at ?? now.toISOString())).safeParse(body);
const orderMade =
  (make: (given: Order) => MadeEvent[]): Make =>
  (body) =>
    order.transform(make).safeParse(body);

const TOPICS: ReadonlyMap<string, Make> = new Map([
  ['customers/create', customerMade],
  ['customers/update', customerMade],
  ['orders/create', orderMade(ordered)],
  [
    'orders/cancelled',
    orderMade((given) => [
      about(given, 'Order Cancelled', given.cancelled_at ?? given.updated_at ?? given.created_at),
    ]),
  ],
  [
    'orders/fulfilled',
    orderMade((given) => [about(given, 'Order Shipped', given.updated_at ?? given.created_at)]),
  ],
]);

/**
 * Reads a call of Shopify's (its signature was checked before). Calls come more than once and in any order: what they say is
 * kept under the customer's or order's id.
 * @param topic `X-Shopify-Topic`
 */
export function shopifyEventsOf(topic: string, body: unknown, now: Date): ReadCall<InboundEvent> {
  const make = TOPICS.get(topic);
  return make === undefined ? { ok: true, events: [] } : wholeEvents(make(body, now), body, now);
}
