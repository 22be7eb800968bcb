import { type InboundEvent, parseSegmentBatch, parseSegmentMessage } from '@segue/integrations';
import type { z } from 'zod';
import { takeEvents } from '../../engine/take-events.js';
import { ApiError, type ErrorIssue } from '../api-error.js';
import type { Call } from '../call.js';
import type { EventPath } from '../rest/endpoint.js';
import type { eventsAnswer } from '../shapes/event.js';
import { ownEventIssues } from './own-event-rights.js';

function refuse(issues: readonly ErrorIssue[]): never {
  const [first] = issues;
  const where = first === undefined || first.path === '' ? 'the message' : `"${first.path}"`;
  throw new ApiError(
    'invalid_request',
    `Expected ${where} to be ${first?.expected ?? 'as documented'}, got ${first?.got ?? 'something else'}`,
    { issues },
  );
}

function readEvents(path: EventPath, raw: unknown, receivedAt: Date): readonly InboundEvent[] {
  if (path !== 'batch') {
    const parsed = parseSegmentMessage(raw, { type: path, receivedAt });
    return parsed.ok ? [parsed.event] : refuse(parsed.issues);
  }
  const parsed = parseSegmentBatch(raw, { receivedAt });
  if (!parsed.ok) return refuse(parsed.issues);
  // All or nothing: a sender that gets a 4xx still has the whole batch and knows which message to mend.
  const issues = parsed.messages.flatMap((message) => (message.ok ? [] : message.issues));
  if (issues.length > 0) return refuse(issues);
  return parsed.messages.flatMap((message) => (message.ok ? [message.event] : []));
}

/**
 * Takes events in the Segment spec. They are in the profiles when it returns.
 * @throws ApiError `invalid_request`, naming every message and field that is wrong; `not_allowed` for an event of
 *   Segue's own that needs another scope
 */
export async function sendEvents(
  { engine, changed, caller }: Call,
  { path, raw }: { readonly path: EventPath; readonly raw: unknown },
): Promise<z.infer<typeof eventsAnswer>> {
  const events = readEvents(path, raw, engine.clock());
  const issues = ownEventIssues(caller, events, (index) => (path === 'batch' ? `batch[${index}].` : ''));
  if (issues.length > 0) refuse(issues);
  const { accepted, duplicates, customerIds } = await takeEvents(engine, events);
  changed(customerIds);
  return { success: true, accepted, duplicates };
}
