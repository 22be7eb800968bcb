import { createTRPCClient, httpBatchLink, type TRPCClient } from '@trpc/client';
import { type EarlyAnswers, earlyLink } from '../early/early-link';
import type { AppRouter } from './engine-types';

export type EngineClient = TRPCClient<AppRouter>;

/** A client of the engine at `address`, with the agent's session cookie, or a token where one is held. A call without an answer fails after 15 seconds. */
export function createEngineClient(
  address: string,
  { token, early }: { token: () => string | null; early: EarlyAnswers },
): EngineClient {
  return createTRPCClient<AppRouter>({
    links: [
      earlyLink(early),
      httpBatchLink({
        url: `${address}/trpc`,
        maxURLLength: 6000,
        headers: () => {
          const held = token();
          return held === null ? {} : { authorization: `Bearer ${held}` };
        },
        fetch: (input, init) =>
          fetch(input, { ...init, credentials: 'include', signal: deadline(init?.signal ?? null) }),
      }),
    ],
  });
}

function deadline(signal: AbortSignal | null): AbortSignal {
  const limit = AbortSignal.timeout(15_000);
  return signal === null ? limit : AbortSignal.any([signal, limit]);
}
