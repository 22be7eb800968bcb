import { importJWK, SignJWT } from 'jose';

/** Who sends, to push services (RFC 8292). Keys as `web-push generate-vapid-keys` prints them. */
export type VapidKeys = {
  /** `mailto:` or `https:`: whom the push service may turn to. */
  readonly subject: string;
  /** 65 bytes, base64url; pages subscribe with it. */
  readonly publicKey: string;
  /** 32 bytes, base64url. */
  readonly privateKey: string;
};

/** What is wrong with a pair of keys; `undefined` = nothing. */
export function vapidProblem({ subject, publicKey, privateKey }: VapidKeys): string | undefined {
  if (!/^(mailto:\S+@\S+|https:\/\/\S+)$/.test(subject))
    return 'the subject is neither "mailto:" and an address nor an https address';
  const point = Buffer.from(publicKey, 'base64url');
  if (point.length !== 65 || point[0] !== 4) return 'the public key is not 65 bytes in base64url';
  if (Buffer.from(privateKey, 'base64url').length !== 32)
    return 'the private key is not 32 bytes in base64url';
  return undefined;
}

/** At most a day is allowed. */
const LIFE_SECONDS = 12 * 3600;

/** The `Authorization` of a message to a push service: a token for that service alone. */
export async function vapidAuthorization(
  { subject, publicKey, privateKey }: VapidKeys,
  endpoint: URL,
  now: Date,
): Promise<string> {
  const point = Buffer.from(publicKey, 'base64url');
  const key = await importJWK(
    {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
      d: Buffer.from(privateKey, 'base64url').toString('base64url'),
    },
    'ES256',
  );
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
    .setAudience(endpoint.origin)
    .setSubject(subject)
    .setExpirationTime(Math.floor(now.getTime() / 1000) + LIFE_SECONDS)
    .sign(key);
  return `vapid t=${token}, k=${point.toString('base64url')}`;
}
