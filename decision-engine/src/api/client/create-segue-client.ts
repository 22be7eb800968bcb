import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import type { AppRouter } from '../trpc/app-router.js';

export type SegueClient = TRPCClient<AppRouter>;

/**
 * A typed client for apps: `segue.decision.decide.mutate({ customer: { userId: 'ann' }, channel: 'web' })`. Calls that are
 * refused throw a `TRPCClientError` whose `data.code` is a code of the catalogue of errors.
 * @param url where the engine listens: `http://127.0.0.1:4000`
 */
export function createSegueClient({ url, key }: { readonly url: string; readonly key: string }): SegueClient {
  const headers = { authorization: `Bearer ${key}` };
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${url.replace(/\/$/, '')}/trpc`, headers })],
  });
}
