import type { TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '../engine/engine-types';
import { type EarlyRead, earlyKey } from './early-reads';
import { EARLY_NAME } from './early-script';

/** After so long, in milliseconds, an answer to the page's first question is no answer to one asked now. */
const FRESH = 10_000;

export type EarlyAnswers = {
  /** The answers under way, by key; each is taken once. */
  readonly answers: Map<string, Promise<unknown>>;
  /** Milliseconds since the page began. */
  readonly age: () => number;
};

/** What the page's early script asked for; nothing on the server. */
export function earlyAnswers(): EarlyAnswers {
  const held: unknown = typeof window === 'undefined' ? undefined : Reflect.get(window, EARLY_NAME);
  const entries = typeof held === 'object' && held !== null ? Object.entries(held) : [];
  return {
    answers: new Map(entries.map(([key, answer]) => [key, Promise.resolve(answer)])),
    age: () => performance.now(),
  };
}

/** Whether this was asked for when the page began, and its answer is not taken yet. */
export function isEarly({ answers, age }: EarlyAnswers, read: EarlyRead): boolean {
  return age() < FRESH && answers.has(earlyKey(read));
}

/** Answers a call with what was asked for before the scripts ran; what failed then is asked again. */
export function earlyLink(early: EarlyAnswers): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) => {
      const { path, input, type } = op;
      if (type === 'subscription' || !isEarly(early, { path, input, type })) return next(op);
      const key = earlyKey({ path, input, type });
      const answer = early.answers.get(key) ?? Promise.resolve(null);
      early.answers.delete(key);
      return observable((observer) => {
        let asked: { unsubscribe: () => void } | undefined;
        let stopped = false;
        void answer.then((given) => {
          if (stopped) return;
          const found = dataOf(given);
          if (found === undefined) {
            asked = next(op).subscribe(observer);
            return;
          }
          observer.next({ result: { type: 'data', data: found.data } });
          observer.complete();
        });
        return () => {
          stopped = true;
          asked?.unsubscribe();
        };
      });
    };
}

/** The data of a tRPC answer: `{ result: { data } }`. */
function dataOf(given: unknown): { readonly data: unknown } | undefined {
  if (typeof given !== 'object' || given === null || !('result' in given)) return undefined;
  const { result } = given;
  return typeof result === 'object' && result !== null && 'data' in result
    ? { data: result.data }
    : undefined;
}
