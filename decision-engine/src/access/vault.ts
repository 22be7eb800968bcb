import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const PREFIX = 'v1.';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Keeps what has to be readable again from those who only read the database. */
export type Vault = {
  /** @param whose who it belongs to: it opens for nobody else */
  seal(plain: string, whose: string): string;
  /** @throws Error where it was sealed with another key, for somebody else, or changed since */
  open(sealed: string, whose: string): string;
};

/** Whether a text was sealed; what is from before there was a vault was not. */
export function isSealed(text: string): boolean {
  return text.startsWith(PREFIX);
}

/** AES-256-GCM with a random IV. @param key 32 bytes */
export function createVault(key: Buffer): Vault {
  if (key.length !== KEY_BYTES)
    throw new Error(`Expected the key of secrets to be ${KEY_BYTES} bytes, got ${key.length}`);
  return {
    seal: (plain, whose) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(whose));
      const sealed = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return PREFIX + sealed.toString('base64url');
    },
    open: (sealed, whose) => {
      const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url');
      if (!isSealed(sealed) || bytes.length < IV_BYTES + TAG_BYTES) throw new Error(CANT_OPEN);
      const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(whose))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        return cipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + cipher.final('utf8');
      } catch (error) {
        throw new Error(CANT_OPEN, { cause: error });
      }
    },
  };
}

const CANT_OPEN =
  "A stored secret can't be opened: it was sealed with another key. Set SEGUE_SECRET_KEY to that one, or put the secret.key of the data folder back.";
