import { importPKCS8, SignJWT } from 'jose';
import { z } from 'zod';
import { RetryableSendError } from '../channel/channel.js';
import { askProvider } from '../http/ask-provider.js';

/** The parts we use of the key file that Google gives for a service account. */
export const serviceAccountSchema = z.object({
  project_id: z.string().min(1),
  client_email: z.string().min(3),
  private_key: z.string().includes('PRIVATE KEY', { message: 'a key in PEM' }),
  private_key_id: z.string().optional(),
  token_uri: z.url().default('https://oauth2.googleapis.com/token'),
});
export type ServiceAccount = z.output<typeof serviceAccountSchema>;

const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';
const granted = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
/** A token this close to its end is not used any more. */
const MARGIN_MS = 60_000;

export type AccessTokens = {
  /** @throws RetryableSendError when Google gives none: no connection, a withdrawn key */
  current(): Promise<string>;
  /** Forgets the token: it was refused. */
  forget(): void;
};

/** Access tokens of a service account (RFC 7523): asked for when needed, used until they end, by all who wait at once. */
export function createAccessTokens(
  account: ServiceAccount,
  { now, timeoutMs }: { readonly now: () => Date; readonly timeoutMs: number },
): AccessTokens {
  let held: { readonly token: string; readonly until: number } | null = null;
  let asking: Promise<string> | null = null;

  const ask = async (): Promise<string> => {
    const key = await importPKCS8(account.private_key, 'RS256').catch((cause: unknown) => {
      throw new RetryableSendError('push', "the service account's private key can't be read", { cause });
    });
    const issuedAt = Math.floor(now().getTime() / 1000);
    const assertion = await new SignJWT({ scope: SCOPE })
      .setProtectedHeader({
        alg: 'RS256',
        typ: 'JWT',
        ...(account.private_key_id === undefined ? {} : { kid: account.private_key_id }),
      })
      .setIssuer(account.client_email)
      .setAudience(account.token_uri)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + 3600)
      .sign(key);
    const answer = await askProvider({
      channel: 'push',
      provider: "Google's sign-in",
      url: account.token_uri,
      body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }),
      timeoutMs,
      harmless: true,
    });
    const parsed = answer.ok ? granted.safeParse(answer.json) : undefined;
    if (parsed?.success !== true) {
      throw new RetryableSendError('push', `Google gives no access token (HTTP ${answer.status})`, {
        retryAfterMs: answer.retryAfterMs,
      });
    }
    const { access_token: token, expires_in: seconds } = parsed.data;
    held = { token, until: now().getTime() + seconds * 1000 - MARGIN_MS };
    return token;
  };
  return {
    current: () => {
      if (held !== null && held.until > now().getTime()) return Promise.resolve(held.token);
      asking ??= ask().finally(() => {
        asking = null;
      });
      return asking;
    },
    forget: () => {
      held = null;
    },
  };
}
