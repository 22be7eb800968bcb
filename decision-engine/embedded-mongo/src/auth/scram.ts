import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Credentials } from '../commands/command.js';

const ITERATIONS = 15_000;

/** The salted keys of RFC 5802 for SCRAM-SHA-256; the password itself is not kept. */
export function credentialsOf(user: string, password: string): Credentials {
  const salt = randomBytes(28);
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, ITERATIONS, 32, 'sha256');
  const clientKey = hmac(salted, 'Client Key');
  return {
    user,
    salt,
    iterations: ITERATIONS,
    storedKey: createHash('sha256').update(clientKey).digest(),
    serverKey: hmac(salted, 'Server Key'),
  };
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** A conversation that has answered the client's first message. */
export interface Scram {
  readonly serverFirst: string;
  readonly clientFirstBare: string;
  readonly nonce: string;
  readonly known: boolean;
}

/** Answers the client's first message; undefined when it is malformed. An unknown user is refused only at the end. */
export function scramStart(message: string, credentials: Credentials): Scram | undefined {
  const match = /^n,[^,]*,(n=([^,]*),r=([^,]+).*)$/.exec(message);
  if (!match) return undefined;
  const [, clientFirstBare = '', name = '', clientNonce = ''] = match;
  const nonce = clientNonce + randomBytes(24).toString('base64');
  const user = name.replaceAll('=2C', ',').replaceAll('=3D', '=');
  const serverFirst = `r=${nonce},s=${credentials.salt.toString('base64')},i=${credentials.iterations}`;
  return { serverFirst, clientFirstBare, nonce, known: user === credentials.user };
}

/** Checks the client's proof and answers with the server's signature; undefined when the proof is wrong. */
export function scramFinish(message: string, scram: Scram, credentials: Credentials): string | undefined {
  const match = /^(c=[^,]+,r=([^,]+)),p=(.+)$/.exec(message);
  if (!match) return undefined;
  const [, withoutProof = '', nonce = '', proof64 = ''] = match;
  const proof = Buffer.from(proof64, 'base64');
  if (nonce !== scram.nonce || proof.length !== 32) return undefined;
  const authMessage = `${scram.clientFirstBare},${scram.serverFirst},${withoutProof}`;
  const signature = hmac(credentials.storedKey, authMessage);
  const clientKey = Buffer.from(proof.map((byte, i) => byte ^ (signature[i] ?? 0)));
  const stored = createHash('sha256').update(clientKey).digest();
  if (!timingSafeEqual(stored, credentials.storedKey) || !scram.known) return undefined;
  return `v=${hmac(credentials.serverKey, authMessage).toString('base64')}`;
}
