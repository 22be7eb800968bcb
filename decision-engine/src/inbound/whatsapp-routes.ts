import {
  isWhatsAppCall,
  readWhatsAppCall,
  type WhatsAppPreference,
  whatsAppChallenge,
} from '@segue/integrations';
import type { FastifyReply } from 'fastify';
import { ApiError } from '../api/api-error.js';
import { findCustomer } from '../customers/find-customer.js';
import { recordReceipt } from '../deliveries/record-receipt.js';
import type { Engine } from '../engine/engine.js';
import { headerOf, type InboundCall, jsonOf } from './inbound-call.js';
import { startChannel, stopChannel, takeMessage } from './take-message.js';

/** Meta asks whether the address is ours before it calls. */
export async function answerWhatsAppChallenge({
  settings,
  request,
  reply,
}: InboundCall): Promise<FastifyReply> {
  const { verifyToken } = settings.whatsapp;
  if (verifyToken === null)
    throw new ApiError('channel_not_configured', 'WhatsApp: set WHATSAPP_VERIFY_TOKEN');
  const query = typeof request.query === 'object' && request.query !== null ? { ...request.query } : {};
  const challenge = whatsAppChallenge(query, verifyToken);
  if (challenge === undefined)
    throw new ApiError('wrong_signature', 'Expected the token of WHATSAPP_VERIFY_TOKEN');
  return reply.type('text/plain').send(challenge);
}

async function takePreference(engine: Engine, { from, stops, at }: WhatsAppPreference): Promise<string[]> {
  const customer = await findCustomer(engine.store, { phone: from });
  if (customer === null) return [];
  const wish = {
    customerId: customer._id,
    channel: 'whatsapp' as const,
    at,
    id: `preference:${from}:${at.getTime()}:${stops}`,
    source: `marketing switched ${stops ? 'off' : 'on'} in WhatsApp`,
  };
  await (stops ? stopChannel(engine, wish) : startChannel(engine, wish));
  return [customer._id];
}

/** Receipts, messages and preferences, several in one call. Meta calls again until it hears a 200. */
export async function takeWhatsAppCall({
  running: { engine, changed },
  settings,
  request,
  reply,
  rawBody,
}: InboundCall): Promise<FastifyReply> {
  const { appSecret } = settings.whatsapp;
  if (appSecret === null) throw new ApiError('channel_not_configured', 'WhatsApp: set WHATSAPP_APP_SECRET');
  if (!isWhatsAppCall({ rawBody, signature: headerOf(request, 'x-hub-signature-256') }, appSecret))
    throw new ApiError('wrong_signature', 'Expected a call signed with WHATSAPP_APP_SECRET');
  const call = readWhatsAppCall(jsonOf(rawBody));
  if (call === undefined)
    throw new ApiError('invalid_request', 'Expected a call of "whatsapp_business_account"');
  const touched = new Set<string>();
  const now = engine.clock();
  for (const { providerMessageId: id, at, ...message } of call.messages) {
    // A clock that runs ahead of ours must not make a message of tomorrow.
    const happened = at.getTime() > now.getTime() ? now : at;
    for (const customerId of await takeMessage(engine, { channel: 'whatsapp', id, at: happened, ...message }))
      touched.add(customerId);
  }
  for (const preference of call.preferences)
    for (const customerId of await takePreference(engine, preference)) touched.add(customerId);
  for (const receipt of call.receipts) {
    const customerId = await recordReceipt(engine, receipt);
    if (customerId !== null) touched.add(customerId);
  }
  changed([...touched]);
  return reply.status(200).send();
}
