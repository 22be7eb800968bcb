import type { Store } from '../store/store.js';
import { readLinkKeys, type StoredLinkKey } from './link-keys.js';
import { keyIdOf, openLinkToken, signLinkToken } from './link-token.js';

/** Keys are read again after this, so that every engine signs with the newest. */
const READ_AGAIN_MS = 60_000;
/** A token that names a key we don't know makes us look again, but not more often than this: anybody can write one. */
const LOOK_AGAIN_MS = 5_000;

export type LinkSigner = {
  /** Payloads are plain JSON, short: they stand in the address. */
  sign(kind: string, payload: unknown): Promise<string>;
  /** @returns the payload; null for what we didn't sign as a link of this kind */
  open(kind: string, token: string): Promise<unknown>;
};

/** Signs and opens the links in messages with the keys of the store. */
export function createLinkSigner(store: Pick<Store, 'notes'>, clock: () => Date): LinkSigner {
  let keys: readonly StoredLinkKey[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  const refresh = async (olderThanMs: number): Promise<void> => {
    const now = clock();
    if (Math.abs(now.getTime() - readAt) < olderThanMs) return;
    keys = await readLinkKeys(store, now);
    readAt = now.getTime();
  };
  return {
    sign: async (kind, payload) => {
      await refresh(READ_AGAIN_MS);
      const [newest] = keys;
      if (newest === undefined) throw new Error('Expected a key to sign links with, got none');
      return signLinkToken(newest, kind, payload);
    },
    open: async (kind, token) => {
      const keyId = keyIdOf(token);
      if (keyId === null) return null;
      await refresh(READ_AGAIN_MS);
      if (!keys.some((key) => key.keyId === keyId)) await refresh(LOOK_AGAIN_MS);
      const key = keys.find((each) => each.keyId === keyId);
      return key === undefined ? null : openLinkToken(key, kind, token);
    },
  };
}
