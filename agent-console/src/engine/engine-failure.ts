import { TRPCClientError } from '@trpc/client';

/** What went wrong with a call, as far as an agent can do something about it. */
export type EngineFailure =
  | { kind: 'signed-out' }
  | { kind: 'forbidden'; message: string; code: string | null }
  | { kind: 'not-found'; message: string }
  | { kind: 'too-many'; message: string }
  | { kind: 'refused'; message: string }
  /** No answer came: the engine or the network is away. */
  | { kind: 'unreachable'; message: string }
  /** The engine answered that it failed. */
  | { kind: 'broken'; message: string };

/** Sorts whatever a call threw. */
export function engineFailure(error: unknown): EngineFailure {
  if (!(error instanceof TRPCClientError)) {
    return { kind: 'broken', message: error instanceof Error ? error.message : String(error) };
  }
  const status = statusOf(error.data);
  if (status === null) return { kind: 'unreachable', message: 'Segue does not answer.' };
  const { message } = error;
  if (status === 401) return { kind: 'signed-out' };
  if (status === 403) return { kind: 'forbidden', message, code: codeOf(error.data) };
  if (status === 404) return { kind: 'not-found', message };
  if (status === 429) return { kind: 'too-many', message };
  return status < 500 ? { kind: 'refused', message } : { kind: 'broken', message };
}

/** One sentence about it for the page. */
export function failureText(failure: EngineFailure): string {
  return failure.kind === 'signed-out' ? 'Your session has ended.' : failure.message;
}

/** Whether the same call may succeed in a moment without anyone doing anything. */
export function isPassing(failure: EngineFailure): boolean {
  return failure.kind === 'unreachable' || failure.kind === 'broken';
}

function statusOf(data: unknown): number | null {
  if (typeof data !== 'object' || data === null || !('httpStatus' in data)) return null;
  return typeof data.httpStatus === 'number' ? data.httpStatus : null;
}

function codeOf(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('code' in data)) return null;
  return typeof data.code === 'string' ? data.code : null;
}
