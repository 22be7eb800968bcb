import { chatwootEventsOf, checkChatwootCall } from '@segue/integrations';
import type { FastifyReply } from 'fastify';
import { ApiError } from '../api/api-error.js';
import { headerOf, type InboundCall, jsonOf, requireSigned, takeRead } from './inbound-call.js';

/** Conversations, messages and survey answers of Chatwoot. Chatwoot calls once; what it repeats counts once. */
export async function takeChatwootCall(call: InboundCall): Promise<FastifyReply> {
  const { request, rawBody, settings, running } = call;
  const secret = settings.chatwootSecret;
  if (secret === null) throw new ApiError('channel_not_configured', 'Chatwoot: set CHATWOOT_WEBHOOK_SECRET');
  const now = running.engine.clock();
  const signed = {
    rawBody,
    timestamp: headerOf(request, 'x-chatwoot-timestamp'),
    signature: headerOf(request, 'x-chatwoot-signature'),
  };
  requireSigned(checkChatwootCall(signed, secret, now), 'CHATWOOT_WEBHOOK_SECRET');
  return takeRead(call, chatwootEventsOf(jsonOf(rawBody), now), 'Chatwoot');
}
