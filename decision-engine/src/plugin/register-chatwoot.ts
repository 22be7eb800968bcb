import { z } from 'zod';
import type { PluginArguments } from './plugin-arguments.js';

type Registration = Extract<PluginArguments, { readonly do: 'register-chatwoot' }>;
export type Registered =
  | { readonly kind: 'registered' | 'already'; readonly id: number }
  | { readonly kind: 'refused'; readonly reason: string };

const TAKES_AT_MOST_MS = 20_000;

const dashboardApp = z.object({
  id: z.number(),
  title: z.string(),
  content: z.array(z.object({ url: z.string() })).optional(),
});

/** Chatwoot has answered with the app alone and with a list of one, depending on its version. */
const answered = z.union([
  dashboardApp,
  z
    .array(dashboardApp)
    .min(1)
    .transform(([app]) => app),
]);

/**
 * Registers Segue as a dashboard app of a Chatwoot account, unless one with the same address is there.
 * @throws when Chatwoot can't be reached
 */
export async function registerChatwoot(
  { url, account, token, consoleUrl, title }: Registration,
  send: typeof fetch = fetch,
): Promise<Registered> {
  const address = `${url}/api/v1/accounts/${account}/dashboard_apps`;
  const frame = `${consoleUrl}/embed`;
  const ask = (init: RequestInit) =>
    send(address, {
      ...init,
      headers: { api_access_token: token, 'content-type': 'application/json', accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(TAKES_AT_MOST_MS),
    });
  const listed = await ask({ method: 'GET' });
  if (!listed.ok) return { kind: 'refused', reason: reasonOf(listed.status) };
  const known = z.array(dashboardApp).safeParse(await listed.json());
  const same = known.data?.find(({ content }) => content?.some((each) => each.url === frame));
  if (same !== undefined) return { kind: 'already', id: same.id };
  const made = await ask({
    method: 'POST',
    body: JSON.stringify({ dashboard_app: { title, content: [{ type: 'frame', url: frame }] } }),
  });
  if (!made.ok) return { kind: 'refused', reason: reasonOf(made.status) };
  const app = answered.safeParse(await made.json());
  if (!app.success || app.data === undefined)
    return { kind: 'refused', reason: 'it answered with something else than the app' };
  return { kind: 'registered', id: app.data.id };
}

function reasonOf(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return `it refused the access token (${status}): use one of an administrator`;
    case 404:
      return 'it has no such account (404): look at the number in its address';
    default:
      return `it answered ${status}`;
  }
}
