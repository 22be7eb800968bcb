import { TRPCClientError } from '@trpc/client';
import { describe, expect, it } from 'vitest';
import { engineFailure, failureText, isPassing } from './engine-failure';

const answered = (httpStatus: number, message: string): TRPCClientError<never> =>
  TRPCClientError.from({ error: { code: -32000, message, data: { httpStatus } } });

describe('engineFailure', () => {
  it.each([
    [401, 'signed-out'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [429, 'too-many'],
    [400, 'refused'],
    [500, 'broken'],
    [503, 'broken'],
  ])('%d is %s', (status, kind) => {
    expect(engineFailure(answered(status, 'why')).kind).toBe(kind);
  });

  it('takes a call without an answer for an engine that is away', () => {
    const failure = engineFailure(TRPCClientError.from(new TypeError('Failed to fetch')));
    expect(failure.kind).toBe('unreachable');
    expect(isPassing(failure)).toBe(true);
  });

  it('keeps the words of the engine', () => {
    expect(failureText(engineFailure(answered(404, 'No customer "x"')))).toBe('No customer "x"');
  });

  it('does not repeat what was refused', () => {
    expect(isPassing(engineFailure(answered(400, 'Expected "slots" to be >= 1, got 0')))).toBe(false);
  });
});
