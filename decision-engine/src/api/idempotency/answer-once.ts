import { createHash } from 'node:crypto';
import { isDuplicateKey } from '../../store/duplicate-keys.js';
import type { Store } from '../../store/store.js';
import { ApiError } from '../api-error.js';
import { callerName, type KnownCaller } from '../caller.js';
import { IDEMPOTENCY_SCHEMA_VERSION, type IdempotencyDocument } from './idempotency-document.js';

const KEPT_MS = 24 * 3_600_000;
/** A request that began this long ago and has no answer was cut off by a crash, and may be made again. */
const CUT_OFF_AFTER_MS = 60_000;

function hashOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** @throws ApiError `invalid_request` for a key that isn't 1 to 255 printable characters */
export function readIdempotencyKey(header: string | readonly string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header === 'string' && /^[\x20-\x7e]{1,255}$/.test(header)) return header;
  const issue = { path: 'Idempotency-Key', expected: '1 to 255 printable ASCII characters' };
  throw new ApiError('invalid_request', `"${issue.path}": expected ${issue.expected}`, { issues: [issue] });
}

export type RequestOnce = {
  readonly caller: KnownCaller;
  readonly key: string;
  /** Which call it is: `decide`. */
  readonly operation: string;
  readonly body: unknown;
  readonly now: Date;
};

/** What was answered before; null when this request is the one to do the work. */
async function claim(store: Store, document: IdempotencyDocument): Promise<string | null> {
  try {
    await store.idempotencyKeys.create(document);
    return null;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const known = await store.idempotencyKeys.findById(document._id).lean<IdempotencyDocument | null>();
  // It was refused or ran out in between: this request is the first again.
  if (known === null || known.expiresAt <= document.startedAt) {
    await store.idempotencyKeys.deleteOne({ _id: document._id, startedAt: known?.startedAt ?? new Date(0) });
    return claim(store, document);
  }
  if (known.request !== document.request) {
    throw new ApiError('idempotency_key_reused', 'This Idempotency-Key came before with another request');
  }
  if (known.answer !== null) return known.answer;
  const { request, ...claimed } = document;
  const taken =
    document.startedAt.getTime() - known.startedAt.getTime() >= CUT_OFF_AFTER_MS
      ? await store.idempotencyKeys.updateOne(
          { _id: document._id, startedAt: known.startedAt, answer: null },
          { $set: { startedAt: claimed.startedAt, expiresAt: claimed.expiresAt } },
        )
      : null;
  if (taken?.modifiedCount === 1) return null;
  throw new ApiError('request_in_progress', 'A request with this Idempotency-Key is still being answered', {
    retryAfterSeconds: 1,
  });
}

/**
 * Answers a request with an idempotency key once: a repeat within 24 hours gets the first answer again, and nothing is
 * done twice. A request that gets an error isn't kept. When the process is killed between the work and keeping the
 * answer, the same key does the work again, a minute later at the earliest.
 * @throws ApiError `idempotency_key_reused`, `request_in_progress`
 */
export async function answerOnce<Answer>(
  store: Store,
  { caller, key, operation, body, now }: RequestOnce,
  work: () => Promise<Answer>,
): Promise<{ readonly answer: Answer; readonly replayed: boolean }> {
  const owner = caller.kind === 'app' ? caller.keyId : callerName(caller);
  const document: IdempotencyDocument = {
    _id: hashOf(owner, key),
    schemaVersion: IDEMPOTENCY_SCHEMA_VERSION,
    request: hashOf(operation, JSON.stringify(body) ?? ''),
    answer: null,
    startedAt: now,
    expiresAt: new Date(now.getTime() + KEPT_MS),
  };
  const before = await claim(store, document);
  // It is the JSON of what this very call answered before.
  if (before !== null) return { answer: JSON.parse(before) as Answer, replayed: true };
  const mine = { _id: document._id, startedAt: now };
  try {
    const answer = await work();
    await store.idempotencyKeys.updateOne(mine, { $set: { answer: JSON.stringify(answer) } });
    return { answer, replayed: false };
  } catch (error) {
    await store.idempotencyKeys.deleteOne({ ...mine, answer: null });
    throw error;
  }
}
