import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';

export type PushBrowser = {
  readonly keys: { readonly p256dh: string; readonly auth: string };
  /** What a push message says to this browser (RFC 8291, RFC 8188). @throws if it wasn't encrypted for it */
  decrypt(body: Buffer): string;
};

/** A browser's side of web push, written from the RFCs and not with the library that encrypts. */
export function createPushBrowser(known?: {
  readonly privateKey: string;
  readonly auth: string;
}): PushBrowser {
  const ecdh = createECDH('prime256v1');
  if (known === undefined) ecdh.generateKeys();
  else ecdh.setPrivateKey(Buffer.from(known.privateKey, 'base64url'));
  const auth = known === undefined ? randomBytes(16) : Buffer.from(known.auth, 'base64url');
  const publicKey = ecdh.getPublicKey();
  return {
    keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
    decrypt: (body) => {
      const salt = body.subarray(0, 16);
      const keyLength = body.readUInt8(20);
      const sender = body.subarray(21, 21 + keyLength);
      const record = body.subarray(21 + keyLength);
      const keyInfo = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender]);
      const ikm = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(sender), auth, keyInfo, 32));
      const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16));
      const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12));
      const decipher = createDecipheriv('aes-128-gcm', key, nonce);
      decipher.setAuthTag(record.subarray(-16));
      const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
      return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8');
    },
  };
}
