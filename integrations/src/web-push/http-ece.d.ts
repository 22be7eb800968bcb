/** Encrypted content encoding for HTTP (RFC 8188) with the keys of web push (RFC 8291). The package has no types. */
declare module 'http_ece' {
  import type { ECDH } from 'node:crypto';

  function encrypt(
    plain: Buffer,
    parameters: {
      readonly version: 'aes128gcm';
      /** Of the sender, made for this one message. */
      readonly privateKey: ECDH;
      /** Of the receiver: an uncompressed point on P-256, base64url. */
      readonly dh: string;
      /** Of the receiver, base64url. */
      readonly authSecret: string;
    },
  ): Buffer;

  const ece: { readonly encrypt: typeof encrypt };
  export default ece;
}
