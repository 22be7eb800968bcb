import { randomBytes } from 'node:crypto';

/** Makes ids; handed in wherever a record is made, so that tests know them beforehand. */
export type NewId = (prefix: string) => string;

/** Ids that sort by time: 48 bits of milliseconds, then 80 random bits, in Crockford's base 32. */
export function timeOrderedId(prefix: string, now = Date.now(), random = randomBytes(10)): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(now, 0, 6);
  random.copy(bytes, 6);
  return `${prefix}_${base32(bytes)}`;
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

function base32(bytes: Buffer): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  // 128 bits are 25.6 digits of five bits: 26 digits, the first of which is 0 to 7.
  let text = '';
  for (let shift = 125n; shift >= 0n; shift -= 5n) text += ALPHABET.charAt(Number((bits >> shift) & 31n));
  return text;
}
