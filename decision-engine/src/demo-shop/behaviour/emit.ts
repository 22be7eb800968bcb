import type { JsonObject } from '@segue/models';
import type { DemoEvent } from '../demo-event.js';
import type { Life, LifeItem, OutcomeNote } from './life.js';

/** Who sends a message: a device of the customer's, or the shop's own server. */
export type Sender = 0 | 1 | 'server';

type Envelope = Pick<DemoEvent, 'messageId' | 'timestamp' | 'context'> & {
  userId?: string;
  anonymousId?: string;
};

/** Moves the life's clock on, at least a millisecond, so that its events keep their order. */
function tick(life: Life, at: number): number {
  life.cursor = Math.max(Math.round(at), life.cursor + 1);
  return life.cursor;
}

function envelope(life: Life, from: Sender, at: number): Envelope {
  const { identity } = life.customer;
  const messageId = `demo-${life.seed}-${life.customer.index}-${life.sequence++}-${at}`;
  const base = { messageId, timestamp: new Date(at).toISOString() };
  if (from === 'server') {
    const who = life.registered
      ? { userId: identity.userId }
      : { anonymousId: identity.devices[life.lastDevice] };
    return { ...base, ...who, context: life.serverContext };
  }
  const who = { anonymousId: identity.devices[from], context: life.contexts[from] };
  return life.registered && life.known[from]
    ? { ...base, ...who, userId: identity.userId }
    : { ...base, ...who };
}

export type TrackCall = {
  readonly from: Sender;
  readonly at: number;
  readonly event: string;
  readonly properties: JsonObject;
  readonly outcome?: OutcomeNote;
  /** Added to the sender's usual context. */
  readonly context?: JsonObject;
  /** Sent as this anonymous visitor and nobody else: what the till does, which knows only the card. */
  readonly till?: string;
};

export function track(life: Life, call: TrackCall): LifeItem {
  const at = tick(life, call.at);
  const sent = envelope(life, call.from, at);
  const context = call.context === undefined ? sent.context : { ...sent.context, ...call.context };
  const { messageId, timestamp } = sent;
  const who = call.till === undefined ? sent : { messageId, timestamp, anonymousId: call.till };
  const event: DemoEvent = { type: 'track', event: call.event, ...who, context, properties: call.properties };
  return call.outcome === undefined
    ? { kind: 'event', at, event }
    : { kind: 'event', at, event, outcome: call.outcome };
}

export type PageCall = {
  readonly from: 0 | 1;
  readonly at: number;
  readonly name: string;
  readonly path: string;
};

export function page(life: Life, call: PageCall): LifeItem {
  const at = tick(life, call.at);
  const sent = envelope(life, call.from, at);
  const url = `https://shop.example.com${call.path}`;
  const properties = { path: call.path, url, title: call.name };
  return {
    kind: 'event',
    at,
    event: {
      type: 'page',
      name: call.name,
      ...sent,
      context: { ...sent.context, page: properties },
      properties,
    },
  };
}

export type IdentifyCall = {
  readonly from: Sender;
  readonly at: number;
  readonly traits: JsonObject;
  /** Instead of the device's anonymous id: that of the till. */
  readonly anonymousId?: string;
};

export function identify(life: Life, call: IdentifyCall): LifeItem {
  const at = tick(life, call.at);
  const sent = envelope(life, call.from, at);
  const context = {
    ...sent.context,
    consent: {
      categoryPreferences: {
        marketing_email: life.consent.email,
        marketing_sms: life.consent.sms,
        personalisation: life.consent.personalisation,
      },
    },
  };
  const anonymous = call.anonymousId === undefined ? {} : { anonymousId: call.anonymousId };
  return {
    kind: 'event',
    at,
    event: { type: 'identify', ...sent, ...anonymous, context, traits: call.traits },
  };
}

/** The call a mobile app makes at login: what this device did before belongs to the user. */
export function alias(life: Life, from: 0 | 1, time: number): LifeItem {
  const at = tick(life, time);
  const { identity } = life.customer;
  const { messageId, timestamp, context } = envelope(life, from, at);
  const event: DemoEvent = {
    type: 'alias',
    messageId,
    timestamp,
    context,
    userId: identity.userId,
    previousId: identity.devices[from],
  };
  return { kind: 'event', at, event };
}
