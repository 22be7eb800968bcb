import { checkZendeskCall, zendeskEventsOf } from '@segue/integrations';
import type { FastifyReply } from 'fastify';
import { ApiError } from '../api/api-error.js';
import { headerOf, type InboundCall, jsonOf, requireSigned, takeRead } from './inbound-call.js';

/** Tickets, comments, people and ratings of Zendesk. Zendesk may call again what wasn't answered; it counts once. */
export async function takeZendeskCall(call: InboundCall): Promise<FastifyReply> {
  const { request, rawBody, settings, running } = call;
  const { zendeskSecrets: secrets } = settings;
  if (secrets.length === 0)
    throw new ApiError('channel_not_configured', 'Zendesk: set ZENDESK_WEBHOOK_SECRET');
  const now = running.engine.clock();
  const signed = {
    rawBody,
    timestamp: headerOf(request, 'x-zendesk-webhook-signature-timestamp'),
    signature: headerOf(request, 'x-zendesk-webhook-signature'),
  };
  requireSigned(checkZendeskCall(signed, secrets, now), 'ZENDESK_WEBHOOK_SECRET');
  return takeRead(call, zendeskEventsOf(jsonOf(rawBody), now), 'Zendesk');
}
