import { importSPKI, jwtVerify } from 'jose';
import { hashSecret } from '../access/secrets.js';
import type { Store } from '../store/store.js';

export type ZendeskSettings = {
  /** PEM of the app's key, as `/api/v2/apps/ID/public_key.pem` of the account gives it. */
  readonly publicKey: string;
  /** Installations that may show it: `https://ACME.zendesk.com/api/v2/apps/installations/ID.json`. */
  readonly audiences: readonly string[];
};

export type ZendeskProof =
  /** `host`: origin of the account, which frames the page. */
  { readonly kind: 'proven'; readonly host: string } | { readonly kind: 'not-proven'; readonly why: string };

/** Zendesk's tokens last minutes; none counts longer than this, whatever it says. */
const LONGEST_SECONDS = 600;
const TOLERANCE_SECONDS = 30;

/**
 * Checks the token that Zendesk posts with the first request of an app with `signedUrls`: RS256 with the app's key, made
 * for one of our installations, of now, and not seen before. Who the agent is in Zendesk is not read.
 */
export async function proveZendesk(
  { attempts }: Pick<Store, 'attempts'>,
  { publicKey, audiences }: ZendeskSettings,
  { token, now }: { readonly token: string; readonly now: Date },
): Promise<ZendeskProof> {
  let audience: string | undefined;
  try {
    const { payload } = await jwtVerify(token, await importSPKI(publicKey, 'RS256'), {
      algorithms: ['RS256'],
      audience: [...audiences],
      requiredClaims: ['exp', 'iat', 'aud'],
      maxTokenAge: LONGEST_SECONDS,
      clockTolerance: TOLERANCE_SECONDS,
      currentDate: now,
    });
    audience = [payload.aud].flat().find((each) => each !== undefined && audiences.includes(each));
  } catch (error) {
    return { kind: 'not-proven', why: error instanceof Error ? error.message : String(error) };
  }
  if (audience === undefined) return { kind: 'not-proven', why: 'made for another installation' };
  // The signature is checked by now, so that nobody fills the store with tokens of their own.
  const signed = token.slice(0, token.lastIndexOf('.'));
  const first = await attempts.updateOne(
    { _id: `zendesk:${hashSecret(signed)}` },
    {
      $setOnInsert: {
        schemaVersion: 1,
        count: 1,
        expiresAt: new Date(now.getTime() + (LONGEST_SECONDS + 2 * TOLERANCE_SECONDS) * 1000),
      },
    },
    { upsert: true },
  );
  if (first.upsertedCount === 0) return { kind: 'not-proven', why: 'used before' };
  return { kind: 'proven', host: new URL(audience).origin };
}
