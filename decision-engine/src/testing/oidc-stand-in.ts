import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** What the next ID token says, and what of it is wrong. */
export type StandInToken = {
  readonly claims: JWTPayload;
  /** Instead of the nonce that was asked with. */
  readonly nonce?: string;
  readonly audience?: string;
  readonly issuer?: string;
  /** Seconds from now. */
  readonly expiresIn?: number;
  /** Signs with a key that the provider doesn't publish. */
  readonly foreignKey?: boolean;
};

export type OidcStandIn = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What of the token requests was wrong. */
  readonly complaints: readonly string[];
  /** Plays the person who agrees: where the provider sends the browser back to. */
  agree(authorizationUrl: string, token: StandInToken): URL;
  close(): Promise<void>;
};

type Grant = { readonly query: URLSearchParams; readonly token: StandInToken };

/** A provider of OpenID Connect on this machine: discovery, keys, and codes that count once and need PKCE and the secret. */
export async function startOidcStandIn(): Promise<OidcStandIn> {
  const [own, foreign] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
  const clientId = 'segue';
  const clientSecret = 'a secret of the provider';
  const grants = new Map<string, Grant>();
  const complaints: string[] = [];
  let issuer = '';

  const idToken = async ({ query, token }: Grant): Promise<string> => {
    const { claims, nonce, audience, expiresIn = 60, foreignKey = false } = token;
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ nonce: nonce ?? query.get('nonce') ?? '', ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setIssuer(token.issuer ?? issuer)
      .setAudience(audience ?? clientId)
      .setIssuedAt(now + Math.min(0, expiresIn - 60))
      .setExpirationTime(now + expiresIn)
      .sign(foreignKey ? foreign.privateKey : own.privateKey);
  };
  const exchange = async (request: IncomingMessage): Promise<Record<string, unknown> | null> => {
    const form = new URLSearchParams(await bodyOf(request));
    const grant = grants.get(form.get('code') ?? '');
    grants.delete(form.get('code') ?? '');
    const secret = form.get('client_secret');
    const verifier = form.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const problems = [
      grant === undefined ? 'unknown code' : null,
      grant?.query.get('code_challenge') === challenge ? null : 'wrong verifier',
      grant?.query.get('code_challenge_method') === 'S256' ? null : 'no S256',
      secret === clientSecret ? null : 'wrong secret',
      grant?.query.get('redirect_uri') === form.get('redirect_uri') ? null : 'another redirect_uri',
    ].filter((problem) => problem !== null);
    complaints.push(...problems);
    if (grant === undefined || problems.length > 0) return null;
    return { access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: await idToken(grant) };
  };
  const answer = async (request: IncomingMessage): Promise<unknown> => {
    switch (request.url) {
      case '/.well-known/openid-configuration':
        return {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          end_session_endpoint: `${issuer}/end`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        };
      case '/keys':
        return { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] };
      case '/token':
        return exchange(request);
      default:
        return null;
    }
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (body) => {
        response.writeHead(body === null ? 400 : 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body ?? { error: 'invalid_grant' }));
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    clientId,
    clientSecret,
    complaints,
    agree: (authorizationUrl, token) => {
      const { searchParams: query } = new URL(authorizationUrl);
      const code = `code-${grants.size + 1}-${query.get('state') ?? ''}`;
      grants.set(code, { query, token });
      const back = new URL(query.get('redirect_uri') ?? '');
      back.searchParams.set('code', code);
      back.searchParams.set('state', query.get('state') ?? '');
      return back;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
