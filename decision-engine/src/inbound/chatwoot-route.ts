import { chatwootEventsOf, checkChatwootCall } from '@segue/integrations';
import type { FastifyReply } from 'fastify';
import { ApiError } from '../api/api-error.js';
import { takeEvents } from '../engine/take-events.js';
import { headerOf, type InboundCall, jsonOf } from './inbound-call.js';

/** Conversations, messages and survey answers of Chatwoot. Chatwoot calls once; what it repeats counts once. */
export async function takeChatwootCall({
  running: { engine, changed },
  settings: { chatwootSecret },
  request,
  reply,
  rawBody,
}: InboundCall): Promise<FastifyReply> {
  if (chatwootSecret === null)
    throw new ApiError('channel_not_configured', 'Chatwoot: set CHATWOOT_WEBHOOK_SECRET');
  const now = engine.clock();
  const signed = {
    rawBody,
    timestamp: headerOf(request, 'x-chatwoot-timestamp'),
    signature: headerOf(request, 'x-chatwoot-signature'),
  };
  const check = checkChatwootCall(signed, chatwootSecret, now);
  if (!check.ok)
    throw new ApiError(
      'wrong_signature',
      check.reason === 'expired'
        ? 'Expected a call of the last five minutes'
        : 'Expected a call signed with CHATWOOT_WEBHOOK_SECRET',
    );
  const read = chatwootEventsOf(jsonOf(rawBody), now);
  if (!read.ok) throw new ApiError('invalid_request', 'Expected a call of Chatwoot', { issues: read.issues });
  changed((await takeEvents(engine, read.events)).customerIds);
  return reply.status(200).send();
}
