import type { InboundIssue } from './issue.js';
import { describeValue } from './issue.js';
import { jsonBytes, SEGMENT_LIMITS } from './limits.js';
import { type ParsedMessage, parseSegmentMessage } from './parse-segment-message.js';
import { parseTimestamp, TIMESTAMP_RULE } from './timestamp.js';

export type ParsedBatch =
  /** One result per message, in the batch's order; an issue's path starts with `batch[i]`. */
  | { readonly ok: true; readonly messages: readonly ParsedMessage[] }
  | { readonly ok: false; readonly issues: readonly InboundIssue[] };

export type ParseBatchOptions = {
  readonly receivedAt: Date;
  /** The size of the request's body in bytes, where the caller knows it; otherwise it is measured. */
  readonly bytes?: number;
};

function refused(path: string, expected: string, value: unknown): ParsedBatch {
  return { ok: false, issues: [{ path, expected, got: describeValue(value) }] };
}

const underBatch = (path: string, index: number): string =>
  path === '' ? `batch[${index}]` : `batch[${index}].${path}`;

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The batch's `context` holds for every message in it; a message's own wins, key by key. */
function withBatchContext(message: unknown, context: unknown): unknown {
  if (!isPlainObject(context) || !isPlainObject(message)) return message;
  const own = message['context'] ?? {};
  return isPlainObject(own) ? { ...message, context: { ...context, ...own } } : message;
}

/**
 * Reads a Segment batch: `{ batch: [...], sentAt?, context? }`. One bad message doesn't spoil the others: each has its
 * own result. The batch as a whole is refused for its shape, its size or its number of messages.
 */
export function parseSegmentBatch(raw: unknown, { receivedAt, bytes }: ParseBatchOptions): ParsedBatch {
  if (!isPlainObject(raw)) return refused('', 'an object with a "batch" array', raw);
  const { batch, context } = raw;
  if (!Array.isArray(batch)) return refused('batch', 'an array of messages', batch);
  if (batch.length > SEGMENT_LIMITS.batchEvents) {
    return refused('batch', `at most ${SEGMENT_LIMITS.batchEvents} messages`, batch);
  }
  const sentAt =
    raw['sentAt'] === undefined || raw['sentAt'] === null ? undefined : parseTimestamp(raw['sentAt']);
  if (sentAt === undefined && raw['sentAt'] !== undefined && raw['sentAt'] !== null) {
    return refused('sentAt', TIMESTAMP_RULE, raw['sentAt']);
  }
  const messages = batch.map((message: unknown, position): ParsedMessage => {
    const options = { receivedAt, position, ...(sentAt === undefined ? {} : { sentAt }) };
    const parsed = parseSegmentMessage(withBatchContext(message, context), options);
    if (parsed.ok) return parsed;
    return {
      ok: false,
      issues: parsed.issues.map((issue) => ({ ...issue, path: underBatch(issue.path, position) })),
    };
  });
  const size = bytes ?? jsonBytes(raw);
  if (size > SEGMENT_LIMITS.batchBytes) {
    return refused('', `at most ${SEGMENT_LIMITS.batchBytes} bytes (500 KB) of JSON`, size);
  }
  return { ok: true, messages };
}
