import { createHash } from 'node:crypto';
import type { InboundEvent, JsonObject } from '../segment/inbound-event.js';
import type { ChatwootConversation } from './payload.js';

/** Channels whose sender's address is the transport's own and not typed in by the visitor. */
const EMAIL_CHANNELS = new Set(['Channel::Email']);
const PHONE_CHANNELS = new Set(['Channel::TwilioSms', 'Channel::Sms', 'Channel::Whatsapp']);

export type ContactIdentity = Pick<InboundEvent, 'userId' | 'anonymousId'>;

/**
 * Who a contact is to us. Anybody can tell a chat widget any `identifier`, so it counts as our user id only where the
 * shop has vouched for it (`hmac_verified`); otherwise the contact is a person of its own, `chatwoot:<account>:<contact>`.
 */
export function contactIdentity({ meta }: ChatwootConversation, accountId: number): ContactIdentity {
  const anonymousId = `chatwoot:${accountId}:${meta.sender.id}`;
  const vouchedFor = meta.hmac_verified && meta.sender.identifier !== '';
  return vouchedFor ? { anonymousId, userId: meta.sender.identifier } : { anonymousId };
}

/** What the conversation proves about the contact's address, as traits; `{}` if nothing: what visitors type proves nothing. */
function provenTraits({ channel, meta }: ChatwootConversation): JsonObject {
  const { email, phone_number: phone } = meta.sender;
  const emailCounts = email !== '' && (meta.hmac_verified || EMAIL_CHANNELS.has(channel));
  const phoneCounts = phone !== '' && (meta.hmac_verified || PHONE_CHANNELS.has(channel));
  return { ...(emailCounts ? { email } : {}), ...(phoneCounts ? { phone } : {}) };
}

/** An `identify` for the contact where the conversation proves an address; the same facts make the same event. */
export function identifyContact(
  conversation: ChatwootConversation,
  { accountId, at, receivedAt }: { readonly accountId: number; readonly at: Date; readonly receivedAt: Date },
): InboundEvent | undefined {
  const proven = provenTraits(conversation);
  if (Object.keys(proven).length === 0) return undefined;
  const { id, name } = conversation.meta.sender;
  const traits = name === '' ? proven : { ...proven, name };
  const identity = contactIdentity(conversation, accountId);
  const said = createHash('sha256')
    .update(JSON.stringify([identity, traits]))
    .digest('hex')
    .slice(0, 32);
  const messageId = `chatwoot:${accountId}:contact:${id}:${said}`;
  return {
    messageId,
    type: 'identify',
    name: '',
    ...identity,
    timestamp: at,
    receivedAt,
    properties: {},
    traits,
    context: {},
  };
}
