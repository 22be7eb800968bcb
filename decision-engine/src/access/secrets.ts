import { createHash, randomBytes } from 'node:crypto';

/** A random secret of 32 bytes as text, with a prefix that tells people and scanners what it is. */
export function newSecret(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`;
}

/** A password a person can type: 20 letters and digits without look-alikes, 117 bits. */
export function newPassword(): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  let password = '';
  while (password.length < 20) {
    for (const byte of randomBytes(32)) {
      // Bytes past the last whole multiple of the alphabet would make its first letters more frequent.
      if (byte < alphabet.length * 4 && password.length < 20)
        password += alphabet.charAt(byte % alphabet.length);
    }
  }
  return password.replace(/(.{5})(?=.)/g, '$1-');
}

/** What is stored of a random secret. Fast on purpose: 32 random bytes can't be guessed, a password can. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
