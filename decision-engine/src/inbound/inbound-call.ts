import type { zendeskEventsOf } from '@segue/integrations';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../api/api-error.js';
import type { Running } from '../api/running.js';
import type { ChannelSettings } from '../channels/channel-settings.js';
import { takeEvents } from '../engine/take-events.js';

/** A call of a provider, its body as it came. */
export type InboundCall = {
  readonly running: Running;
  readonly settings: ChannelSettings;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly rawBody: string;
};

/** The header of that name; `undefined` where it is missing or there are several. */
export function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** The body as JSON; `undefined` if it is none. */
export function jsonOf(rawBody: string): unknown {
  try {
    return JSON.parse(rawBody);
  } catch {
    return undefined;
  }
}

type Check = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** @param secret the variable that holds it. @throws ApiError `wrong_signature` */
export function requireSigned(check: Check, secret: string): void {
  if (check.ok) return;
  throw new ApiError(
    'wrong_signature',
    check.reason === 'expired'
      ? 'Expected a call of the last five minutes'
      : `Expected a call signed with ${secret}`,
  );
}

/** Takes the events of a call. @param who calls, for the error. @throws ApiError `invalid_request` */
export async function takeRead(
  { running, reply }: InboundCall,
  read: ReturnType<typeof zendeskEventsOf>,
  who: string,
): Promise<FastifyReply> {
  if (!read.ok)
    throw new ApiError('invalid_request', `Expected a call of ${who}`, { issues: [...read.issues] });
  running.changed((await takeEvents(running.engine, read.events)).customerIds);
  return reply.status(200).send();
}
