import { INBOUND_EVENT_TYPES, SEGMENT_LIMITS } from '@segue/integrations';
import type { z } from 'zod';
import { sendEvents } from '../calls/events.js';
import { batchRequest, EVENT_REQUESTS, eventsAnswer } from '../shapes/event.js';
import type { Endpoint, EventPath } from './endpoint.js';

const SUMMARIES: Readonly<Record<EventPath, string>> = {
  identify: 'Say who a customer is',
  track: 'Say what a customer did',
  page: 'Say which page a customer saw',
  screen: 'Say which screen a customer saw',
  group: 'Say which group a customer belongs to',
  alias: 'Say that two ids are one customer',
  batch: 'Send many events at once',
};

function eventEndpoint(path: EventPath, input: z.ZodType): Endpoint {
  return {
    method: 'POST',
    path: `/v1/${path}`,
    operationId: path === 'batch' ? 'sendEvents' : path,
    tag: 'events',
    summary: SUMMARIES[path],
    scope: 'events:write',
    input,
    answer: eventsAnswer,
    errors: [],
    twin: `event.${path}`,
    keyInBody: true,
    largest:
      path === 'batch'
        ? { bytes: SEGMENT_LIMITS.batchBytes, code: 'batch_too_large' }
        : { bytes: SEGMENT_LIMITS.eventBytes, code: 'event_too_large' },
    answerTo: (call, raw) => sendEvents(call, { path, raw }),
  };
}

/** The Segment spec: any of Segment's clients may send here. */
export const eventEndpoints: readonly Endpoint[] = [
  eventEndpoint('batch', batchRequest),
  ...INBOUND_EVENT_TYPES.map((type) => eventEndpoint(type, EVENT_REQUESTS[type])),
];
