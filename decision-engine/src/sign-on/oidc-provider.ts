import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { SignOnSettings } from './sign-on-settings.js';

/** What a browser keeps while its person is at the provider. */
export type SignOnAttempt = {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Path of the console to go on to. */
  readonly next: string;
};

/** Who somebody is, as the provider says. */
export type ProvenPerson = {
  /** Issuer and the provider's own name of the person: what doesn't change when the address does. */
  readonly subject: string;
  readonly email: string | null;
  /** Null where the provider doesn't say. */
  readonly emailVerified: boolean | null;
  readonly name: string | null;
  /** Values of the claim that gives roles. */
  readonly groups: readonly string[];
};

export type OidcProvider = {
  begin(redirectUri: string, next: string): Promise<{ url: URL; attempt: SignOnAttempt }>;
  /** @throws where state, nonce, signature, issuer, audience or time are not right, or the provider refused */
  finish(callback: URL, attempt: SignOnAttempt): Promise<ProvenPerson>;
  /** Where signing out goes on to; null where the provider has no such page. */
  endUrl(returnTo: string): Promise<URL | null>;
};

const SECONDS = 10;
const SCOPE = 'openid email profile';

/** An OpenID Connect provider, found by discovery at the first use and again after a failure. */
export function createOidcProvider(settings: SignOnSettings): OidcProvider {
  let found: Promise<Configuration> | null = null;
  const configuration = (): Promise<Configuration> => {
    found ??= discover(settings).catch((error: unknown) => {
      found = null;
      throw error;
    });
    return found;
  };
  return {
    begin: async (redirectUri, next) => {
      const attempt = {
        state: randomState(),
        nonce: randomNonce(),
        verifier: randomPKCECodeVerifier(),
        next,
      };
      const url = buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: SCOPE,
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      });
      return { url, attempt };
    },
    finish: async (callback, { state, nonce, verifier }) => {
      const tokens = await authorizationCodeGrant(await configuration(), callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('Expected the provider to send an ID token, got none');
      return personOf(claims, settings.roleClaim);
    },
    endUrl: async (returnTo) => {
      const known = await configuration();
      if (known.serverMetadata().end_session_endpoint === undefined) return null;
      return buildEndSessionUrl(known, { post_logout_redirect_uri: returnTo, client_id: settings.clientId });
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: SignOnSettings): Promise<Configuration> {
  const local = new URL(issuer).protocol === 'http:';
  const configuration = await discovery(
    new URL(issuer),
    clientId,
    clientSecret ?? undefined,
    clientSecret === null ? None() : undefined,
    { timeout: SECONDS, ...(local ? { execute: [allowInsecureRequests] } : {}) },
  );
  // The token comes from the provider over TLS; its signature is checked all the same.
  enableNonRepudiationChecks(configuration);
  return configuration;
}

type Claims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string };

function personOf(claims: Claims, roleClaim: string): ProvenPerson {
  const { iss, sub, email, email_verified: verified, name, [roleClaim]: groups } = claims;
  return {
    subject: `${iss} ${sub}`,
    email: typeof email === 'string' && email.includes('@') ? email.trim().toLowerCase() : null,
    // Some send it as text.
    emailVerified: verified === true || verified === 'true' ? true : verified === undefined ? null : false,
    name: typeof name === 'string' ? name.slice(0, 200) : null,
    groups: (Array.isArray(groups) ? groups : [groups]).filter((each) => typeof each === 'string'),
  };
}
