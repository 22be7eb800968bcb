import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { type ApiKeyScope, permissionOfScope } from '../../access/api-key-document.js';
import type { Permission } from '../../access/permissions.js';
import { type AuditNote, audited, NO_NOTE } from '../../audit/audited.js';
import { isAudited } from '../../audit/is-audited.js';
import type { Engine } from '../../engine/engine.js';
import type { SignOn } from '../../sign-on/serve-sign-on.js';
import { ApiError, type ErrorBody } from '../api-error.js';
import type { Caller, KnownCaller } from '../caller.js';
import { auditWho, requirePermission, requireScope } from '../caller.js';
import { answerOnce } from '../idempotency/answer-once.js';
import { invalidRequest } from '../parse-request.js';
import type { SignIn } from '../sign-in.js';

export type TrpcContext = {
  readonly engine: Engine;
  readonly caller: Caller;
  readonly signIn: SignIn;
  /** Undefined where people sign in with passwords alone. */
  readonly signOn: SignOn | undefined;
  readonly address: string;
  /** What the browser says it is. */
  readonly userAgent: string | undefined;
  /** Tells the audit log more than the input of a call says; nothing where the call isn't in it. */
  readonly note: AuditNote;
  readonly requestId: string;
  /** Counts a call against its key. @throws ApiError `too_many_requests` */
  readonly count: (caller: KnownCaller, weight: number) => Promise<void>;
  /** The header `Idempotency-Key`; null where there is none. */
  readonly idempotencyKey: string | null;
  /** Tells the background work that these customers changed. */
  readonly changed: (customerIds: readonly string[]) => void;
  /** Tells the background work that a message waits to be sent. */
  readonly deliveriesWait: () => void;
  /** Tells the background work that somebody's data is to be written out or erased. */
  readonly privacyWaits: () => void;
  /** Sets or, with null, clears the session cookie of the answer. */
  readonly setPluginCookie: (session: { token: string; expiresAt: Date }) => void;
  readonly setSession: (session: { token: string; expiresAt: Date } | null) => void;
};

const TRPC_CODE: Readonly<Record<number, TRPCError['code']>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
};

/** What the console and typed clients find in `error.data`. */
function errorData(error: TRPCError, requestId: string): ErrorBody['error'] {
  if (error.cause instanceof ApiError) return error.cause.body.error;
  if (error.cause instanceof ZodError) {
    return { code: 'invalid_request', ...invalidRequest(error.cause) };
  }
  if (error.code === 'NOT_FOUND') return { code: 'unknown_route', message: error.message };
  if (error.code === 'PARSE_ERROR') return { code: 'malformed_json', message: 'The body is not JSON' };
  return { code: 'internal', message: 'Something went wrong on our side', requestId };
}

const t = initTRPC.context<TrpcContext>().create({
  errorFormatter: ({ shape, error, ctx }) => {
    const data = errorData(error, ctx?.requestId ?? '');
    // No stack leaves the server, in development neither.
    return {
      ...shape,
      message: data.message,
      data: { httpStatus: shape.data.httpStatus, path: shape.data.path, ...data },
    };
  },
});

const { router } = t;

export { router };

/** One of our errors as tRPC's, so that the HTTP status is right. */
export function asTrpcError(cause: ApiError): TRPCError {
  return new TRPCError({
    code: TRPC_CODE[cause.status] ?? 'INTERNAL_SERVER_ERROR',
    message: cause.message,
    cause,
  });
}

const statuses = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok || !(result.error.cause instanceof ApiError)) return result;
  throw asTrpcError(result.error.cause);
});

/** Anybody, signed in or not. */
export const openProcedure = t.procedure.use(statuses);

/** A signed-in person, whatever their role: for what is their own (session, profile). */
export const agentProcedure = openProcedure.use(({ ctx, next }) => {
  const { caller } = ctx;
  if (caller.kind === 'app') throw new ApiError('not_allowed', 'Expected an agent session, got an API key');
  if (caller.kind === 'nobody') throw new ApiError('not_authenticated', caller.why);
  return next({ ctx: { ...ctx, caller, agent: caller.agent, token: caller.token } });
});

/** A signed-in person at the console itself, not in a help desk's sidebar. */
export const consoleProcedure = agentProcedure.use(({ ctx, next }) => {
  if (ctx.caller.plugin)
    throw new ApiError('not_allowed', 'The sidebar of a help desk may not do this: open the console');
  return next({ ctx });
});

type Underway = {
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly path: string;
  readonly getRawInput: () => Promise<unknown>;
  readonly ctx: TrpcContext & { readonly caller: KnownCaller };
};

/** Goes on with a call; one that changes something is written into the audit log. */
async function withAudit<Result extends { readonly ok: boolean; readonly error?: TRPCError }>(
  { type, path, getRawInput, ctx }: Underway,
  goOn: (note: AuditNote) => Promise<Result>,
): Promise<Result> {
  if (type !== 'mutation') return goOn(NO_NOTE);
  // tRPC hands on what went wrong instead of throwing it, and the log wants to know.
  let result: Result | null = null;
  const input = await getRawInput().catch(() => null);
  const work = { who: auditWho(ctx.caller), what: path, input };
  try {
    await audited(ctx.engine, work, async (note) => {
      result = await goOn(note);
      if (!result.ok) throw result.error;
    });
  } catch (error) {
    if (result === null) throw error;
  }
  if (result === null) throw new Error(`Expected "${path}" to have a result`);
  return result;
}

/** What a signed-in person changes in their own account, in the audit log. */
export const auditedAgentProcedure = consoleProcedure.use(({ ctx, type, path, getRawInput, next }) =>
  withAudit({ ctx, type, path, getRawInput }, (note) => next({ ctx: { ...ctx, note } })),
);

/**
 * A signed-in person whose role has this permission: `permitted('journeys:publish').mutation(…)`. What it changes is in
 * the audit log, with its input unless the call tells more by `ctx.note`.
 */
export function permitted(needed: Permission) {
  return agentProcedure.use(({ ctx, type, path, getRawInput, next }) => {
    requirePermission(ctx.caller, needed);
    if (!isAudited(needed)) return next({ ctx });
    return withAudit({ ctx, type, path, getRawInput }, (note) => next({ ctx: { ...ctx, note } }));
  });
}

/** An app's key with this scope, or a signed-in person whose role may do the same; in the audit log as `permitted` is. */
export function callerProcedure(scope: ApiKeyScope) {
  return openProcedure.use(async ({ ctx: given, type, path, getRawInput, next }) => {
    const caller = requireScope(given.caller, scope);
    await given.count(caller, 1);
    const ctx = { ...given, caller };
    if (!isAudited(permissionOfScope(scope))) return next({ ctx });
    return withAudit({ ctx, type, path, getRawInput }, (note) => next({ ctx: { ...ctx, note } }));
  });
}

/** Does the work once for each `Idempotency-Key`, as the REST twin does. @throws ApiError */
export async function once<Answer>(
  {
    engine,
    caller,
    idempotencyKey,
  }: Pick<TrpcContext, 'engine' | 'idempotencyKey'> & { caller: KnownCaller },
  { operation, body }: { readonly operation: string; readonly body: unknown },
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (idempotencyKey === null) return work();
  const request = { caller, key: idempotencyKey, operation, body, now: engine.clock() };
  return (await answerOnce(engine.store, request, work)).answer;
}
