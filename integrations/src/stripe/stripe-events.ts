import { z } from 'zod';
import type { InboundEvent, JsonObject } from '../segment/inbound-event.js';
import { type MadeEvent, type ReadCall, told, wholeEvents } from '../shop-calls/made-event.js';

/** Stripe counts in the smallest unit; these currencies have none, or three digits after the point. */
const WITHOUT_DIGITS = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf'.split(' '));
const THREE_DIGITS = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);

const text = z.string().max(500).nullish();
const object = z.object({
  id: z.string().min(1).max(255),
  object: z.string().max(64).nullish(),
  customer: text,
  email: text,
  phone: text,
  name: text,
  currency: text,
  mode: text,
  amount_total: z.number().nullish(),
  amount_refunded: z.number().nullish(),
  amount_due: z.number().nullish(),
  client_reference_id: text,
  payment_intent: text,
  customer_details: z.object({ email: text, phone: text, name: text }).nullish(),
  customer_email: text,
});
type StripeObject = z.output<typeof object>;

const call = z.object({
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(100),
  /** Seconds since 1970. */
  created: z.number().int().min(0).max(100_000_000_000),
  data: z.object({
    object,
    /** What was before, of what changed. */
    previous_attributes: z.object({ amount_refunded: z.number().nullish() }).nullish(),
  }),
});
type StripeCall = z.output<typeof call>;

function amountOf(
  amount: number | null | undefined,
  currency: string | null | undefined,
): number | undefined {
  if (amount == null) return undefined;
  const unit = (currency ?? '').toLowerCase();
  if (WITHOUT_DIGITS.has(unit)) return amount;
  return amount / (THREE_DIGITS.has(unit) ? 1000 : 100);
}

/** A customer of Stripe's, or where there is none whoever paid: a guest's checkout and its refund name the same payment. */
function contextOf({ customer, id, object: kind, payment_intent: payment }: StripeObject): JsonObject {
  const known = kind === 'customer' ? id : customer;
  const who = known == null ? { type: 'stripe-guest', id: payment ?? id } : { type: 'stripe', id: known };
  return { externalIds: [who] };
}

function made({ id, created, data }: StripeCall, part: string): Omit<MadeEvent, 'type' | 'name'> {
  const { client_reference_id: userId } = data.object;
  return {
    messageId: `stripe:${id}:${part}`,
    timestamp: new Date(created * 1000),
    context: contextOf(data.object),
    ...(userId == null || userId === '' ? {} : { userId }),
  };
}

function identifying(given: StripeCall): MadeEvent[] {
  const { customer_details: details, customer_email: billed, email, phone, name } = given.data.object;
  const traits = told({
    email: details?.email ?? email ?? billed,
    phone: details?.phone ?? phone,
    name: details?.name ?? name,
  });
  return Object.keys(traits).length === 0
    ? []
    : [{ ...made(given, 'who'), type: 'identify', name: '', traits }];
}

type Amount = (given: StripeCall['data']) => number | null | undefined;

function happened(name: string, amount: Amount = () => undefined) {
  return (given: StripeCall): MadeEvent[] => {
    const { object: about } = given.data;
    const { currency } = about;
    const properties = told({
      order_id: about.payment_intent ?? about.id,
      total: amountOf(amount(given.data), currency),
      currency: currency?.toUpperCase(),
    });
    return [...identifying(given), { ...made(given, 'what'), type: 'track', name, properties }];
  };
}

const ordered = happened('Order Completed', ({ object: { amount_total: total } }) => total);

/** A charge tells the sum of its refunds so far; the event is of the latest alone. */
const refunded: Amount = ({ object: { amount_refunded: total }, previous_attributes: before }) =>
  total == null ? total : total - (before?.amount_refunded ?? 0);

const TYPES: ReadonlyMap<string, (given: StripeCall) => MadeEvent[]> = new Map([
  ['customer.created', identifying],
  ['customer.updated', identifying],
  // A session that only keeps a card for later sells nothing.
  [
    'checkout.session.completed',
    (given) => (given.data.object.mode === 'setup' ? identifying(given) : ordered(given)),
  ],
  ['checkout.session.expired', happened('Checkout Expired', ({ object: { amount_total: total } }) => total)],
  ['charge.refunded', happened('Order Refunded', refunded)],
  ['invoice.payment_failed', happened('Payment Failed', ({ object: { amount_due: due } }) => due)],
  ['customer.subscription.deleted', happened('Subscription Cancelled')],
]);

const named = z.object({ type: z.string() });

/**
 * Reads a call of Stripe's (its signature was checked before). Under its own id a repeat is the same. What a call of another
 * type is about is not looked at: a balance has no id.
 */
export function stripeEventsOf(body: unknown, now: Date): ReadCall<InboundEvent> {
  const type = named.safeParse(body).data?.type;
  const make = type === undefined ? undefined : TYPES.get(type);
  if (type !== undefined && make === undefined) return { ok: true, events: [] };
  return wholeEvents(call.transform((given) => make?.(given) ?? []).safeParse(body), body, now);
}
