import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Running } from '../api/running.js';
import type { ChannelSettings } from '../channels/channel-settings.js';

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
