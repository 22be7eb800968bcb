import type { InboundEvent, SmsRequest } from '@segue/integrations';
import { findCustomer } from '../customers/find-customer.js';
import { MESSAGE_RECEIVED } from '../customers/heard-from-event.js';
import type { ContactEntry } from '../customers/profile.js';
import type { Engine } from '../engine/engine.js';
import { tryFeedback } from '../engine/give-feedback.js';
import { liftSuppression, setConsent, suppress } from '../engine/set-permissions.js';
import { takeEvents } from '../engine/take-events.js';

/** A message that somebody wrote to one of our numbers. */
export type MessageFromCustomer = {
  readonly channel: 'sms' | 'whatsapp';
  /** E.164: the network vouches for it. */
  readonly from: string;
  readonly text: string;
  /** Names the message at the provider: taken twice it counts once. */
  readonly id: string;
  readonly at: Date;
  readonly request: SmsRequest | undefined;
};

/** A no is about the last message of the channel, if that isn't older. */
const ABOUT_THE_LAST_MS = 7 * 86_400_000;

const NAMES = { sms: 'SMS', whatsapp: 'WhatsApp' } as const;

/** Who wrote, as events say it: whoever has the number. */
function eventsOf({ channel, from, text, id, at, request }: MessageFromCustomer): InboundEvent[] {
  const common = { anonymousId: `${channel}:${from}`, timestamp: at, receivedAt: at, context: {} };
  return [
    {
      ...common,
      messageId: `${channel}:contact:${from}`,
      type: 'identify',
      name: '',
      properties: {},
      traits: { phone: from },
    },
    {
      ...common,
      messageId: `${channel}:message:${id}`,
      type: 'track',
      name: MESSAGE_RECEIVED,
      properties: { channel, text, ...(request === undefined ? {} : { request }) },
      traits: {},
    },
  ];
}

/** The last message on this channel that a no can be about. */
function lastContact(
  contacts: readonly ContactEntry[],
  { channel, at }: MessageFromCustomer,
): ContactEntry | undefined {
  return [...contacts]
    .reverse()
    .find(
      (contact) =>
        contact.channel === channel &&
        contact.outcome === 'shown' &&
        at.getTime() - contact.at.getTime() <= ABOUT_THE_LAST_MS,
    );
}

export type Wish = Pick<MessageFromCustomer, 'channel' | 'id' | 'at'> & {
  readonly customerId: string;
  /** "STOP by SMS". */
  readonly source: string;
};

/** Nothing goes out on the channel from now on; marketing there is declined until the customer says otherwise. */
export async function stopChannel(
  engine: Engine,
  { customerId, channel, id, at, source }: Wish,
): Promise<void> {
  const told = { customerId, source, at, id: `${channel}:${id}` };
  await suppress(engine, {
    ...told,
    suppressionId: `${channel}-stop`,
    kind: 'legal',
    channel,
    reason: source,
  });
  await setConsent(engine, { ...told, channel, purpose: 'marketing', state: 'denied' });
}

/** The customer wants messages on the channel again. */
export async function startChannel(
  engine: Engine,
  { customerId, channel, id, at, source }: Wish,
): Promise<void> {
  const told = { customerId, source, at, id: `${channel}:${id}` };
  await liftSuppression(engine, { ...told, suppressionId: `${channel}-stop` });
  await setConsent(engine, { ...told, channel, purpose: 'marketing', state: 'granted' });
}

/** A STOP is also the answer to what was said last. */
async function recordNo(engine: Engine, customerId: string, message: MessageFromCustomer): Promise<void> {
  const document = await findCustomer(engine.store, { customerId });
  const about = document === null ? undefined : lastContact(document.contacts, message);
  if (about === undefined) return;
  await tryFeedback(
    engine,
    {
      decisionId: about.decisionId,
      actionId: about.actionId,
      outcome: 'rejected',
      feedbackId: `stop:${message.id}`,
      note: `STOP by ${NAMES[message.channel]}`,
      at: message.at,
      via: {
        channel: about.channel,
        ...(about.treatmentId === '' ? {} : { treatmentId: about.treatmentId }),
      },
    },
    null,
  );
}

/**
 * Takes in what somebody wrote to us by text message or WhatsApp. STOP and START hold when it returns; HELP and
 * everything else is a message in the customer's history, for journeys and agents. Repeated it changes nothing.
 * @returns the customers whose profiles changed
 */
export async function takeMessage(engine: Engine, message: MessageFromCustomer): Promise<string[]> {
  const { channel, from, request } = message;
  const { customerIds } = await takeEvents(engine, eventsOf(message));
  const customer = await findCustomer(engine.store, { anonymousId: `${channel}:${from}` });
  if (customer === null || request === undefined) return customerIds;
  const wish = {
    ...message,
    customerId: customer._id,
    source: `${request.toUpperCase()} by ${NAMES[channel]}`,
  };
  if (request === 'stop') {
    await stopChannel(engine, wish);
    await recordNo(engine, customer._id, message);
  } else if (request === 'start') {
    await startChannel(engine, wish);
  }
  return [...new Set([...customerIds, customer._id])];
}
