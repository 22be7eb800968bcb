import { createHmac, timingSafeEqual } from 'node:crypto';

/** A secret that signs links, under the name that stands in them. */
export type LinkKey = { readonly keyId: string; readonly secret: string };

const TOKEN = /^([a-z0-9]{4,12})\.([A-Za-z0-9_-]{1,3800})\.([A-Za-z0-9_-]{43})$/;

function signatureOf(key: LinkKey, kind: string, payload: string): Buffer {
  // The kind is part of what is signed, so that a link of one kind is no link of another.
  return createHmac('sha256', key.secret).update(`${kind}\n${key.keyId}\n${payload}`).digest();
}

/** `key.payload.signature`, all of characters that an address holds as they are. HMAC-SHA256 over kind, key and payload. */
export function signLinkToken(key: LinkKey, kind: string, payload: unknown): string {
  const text = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${key.keyId}.${text}.${signatureOf(key, kind, text).toString('base64url')}`;
}

/** The name of the key that a token says it was signed with; null where it is no token. */
export function keyIdOf(token: string): string | null {
  return TOKEN.exec(token)?.[1] ?? null;
}

/** @returns the payload; null where the token was not signed, with this key, as a link of this kind */
export function openLinkToken(key: LinkKey, kind: string, token: string): unknown {
  const [, keyId, payload, signature] = TOKEN.exec(token) ?? [];
  if (keyId !== key.keyId || payload === undefined || signature === undefined) return null;
  const given = Buffer.from(signature, 'base64url');
  if (!timingSafeEqual(given, signatureOf(key, kind, payload))) return null;
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as unknown;
}
