import {
  INBOUND_EVENT_TYPES,
  type InboundEvent,
  parseSegmentBatch,
  parseSegmentMessage,
  SEGMENT_LIMITS,
} from '@segue/integrations';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { takeEvents } from '../../engine/take-events.js';
import { ApiError, type ErrorIssue } from '../api-error.js';
import { identifyCaller, requireScope } from '../caller.js';
import type { Running } from '../running.js';

/** Segment's browser clients send a beacon with the key in the body; everyone else sends it in the header. */
function writeKeyOf(body: unknown): string | undefined {
  return typeof body === 'object' && body !== null && 'writeKey' in body && typeof body.writeKey === 'string'
    ? body.writeKey
    : undefined;
}

function refuse(issues: readonly ErrorIssue[]): never {
  const [first] = issues;
  const where = first === undefined || first.path === '' ? 'the message' : `"${first.path}"`;
  throw new ApiError(
    'invalid_request',
    `Expected ${where} to be ${first?.expected ?? 'as documented'}, got ${first?.got ?? 'something else'}`,
    {
      issues,
    },
  );
}

/** Takes events in the Segment spec. They are in the profiles when the answer leaves. */
export function eventRoutes(server: FastifyInstance, running: () => Running): void {
  const authorise = async (request: FastifyRequest): Promise<void> => {
    const { authorization } = request.headers;
    requireScope(
      await identifyCaller(running().engine, {
        authorization,
        sessionToken: undefined,
        writeKey: writeKeyOf(request.body),
      }),
      'events:write',
    );
  };
  const take = async (events: readonly InboundEvent[]) => {
    const { engine, changed } = running();
    const { accepted, duplicates, customerIds } = await takeEvents(engine, events);
    changed(customerIds);
    return { success: true, accepted, duplicates };
  };

  for (const type of INBOUND_EVENT_TYPES) {
    server.post(
      `/v1/${type}`,
      { bodyLimit: SEGMENT_LIMITS.eventBytes, config: { tooLarge: 'event_too_large' } },
      async (request) => {
        await authorise(request);
        const parsed = parseSegmentMessage(request.body, { type, receivedAt: running().engine.clock() });
        return parsed.ok ? take([parsed.event]) : refuse(parsed.issues);
      },
    );
  }

  server.post(
    '/v1/batch',
    { bodyLimit: SEGMENT_LIMITS.batchBytes, config: { tooLarge: 'batch_too_large' } },
    async (request) => {
      await authorise(request);
      const parsed = parseSegmentBatch(request.body, { receivedAt: running().engine.clock() });
      if (!parsed.ok) return refuse(parsed.issues);
      // All or nothing: a sender that gets a 4xx still has the whole batch and knows which message to mend.
      const issues = parsed.messages.flatMap((message) => (message.ok ? [] : message.issues));
      if (issues.length > 0) return refuse(issues);
      return take(parsed.messages.flatMap((message) => (message.ok ? [message.event] : [])));
    },
  );
}
