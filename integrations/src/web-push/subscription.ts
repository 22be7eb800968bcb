import { z } from 'zod';

/** A point on P-256, uncompressed, and 16 bytes: as browsers give them, base64url with or without `=`. */
const base64url = (bytes: number) =>
  z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9_-]+={0,2}$/, 'base64url')
    .refine((text) => Buffer.from(text, 'base64url').length === bytes, `${bytes} bytes in base64url`);

/** What `JSON.stringify` makes of a browser's PushSubscription. */
export const pushSubscriptionSchema = z.object({
  endpoint: z.url({ protocol: /^https$/ }).max(2_000),
  expirationTime: z.number().nullish(),
  keys: z.object({ p256dh: base64url(65), auth: base64url(16) }),
});
export type PushSubscriptionKeys = z.output<typeof pushSubscriptionSchema>['keys'];
