import { pushSubscriptionSchema } from '@segue/integrations';
import { z } from 'zod';
import { channelSchema } from '../../catalogue/ids.js';

/** A channel as the settings page shows it. */
export const channelView = z.object({
  channel: z.string(),
  name: z.string(),
  configured: z.boolean(),
  /** What to set, in a sentence; '' where it is configured. */
  detail: z.string(),
  /** It reaches colleagues, not customers. */
  forStaff: z.boolean(),
  addressKind: z.enum(['email', 'phone', 'device', 'browser', 'endpoint', 'room']),
  /** Addresses to tell the provider, so that it calls us back. */
  callbacks: z.array(z.object({ what: z.string(), url: z.string() })),
  /** Receivers of webhooks; `off` says why one gets nothing, null = it gets everything. */
  endpoints: z.array(z.object({ name: z.string(), off: z.string().nullable() })),
  /** Messages that wait for another try. */
  retrying: z.number().int(),
  /** Messages that may have arrived once more than meant: an answer was lost, and the channel knows no repeats. */
  inDoubt: z.number().int(),
  /** The latest messages that failed for good, the newest first. */
  failures: z.array(
    z.object({ deliveryId: z.string(), to: z.string(), detail: z.string(), at: z.iso.datetime() }),
  ),
});
export type ChannelView = z.infer<typeof channelView>;

export const channelsAnswer = z.object({ channels: z.array(channelView) });

export const channelTestRequest = z.strictObject({
  channel: channelSchema,
  /** A phone number, a device token, a push subscription as JSON, an endpoint's name; an e-mail goes to whoever asks. */
  to: z.string().max(5_000).optional(),
});
export type ChannelTestRequest = z.infer<typeof channelTestRequest>;

export const channelTestAnswer = z.object({
  state: z.enum(['sent', 'not-configured', 'rejected', 'failed']),
  to: z.string(),
  detail: z.string(),
});
export type ChannelTestAnswer = z.infer<typeof channelTestAnswer>;

export const endpointRequest = z.strictObject({ endpoint: z.string().min(1).max(40) });

export const pushSubscriptionRequest = z.strictObject({
  userId: z.string().min(1).max(512).optional(),
  anonymousId: z.string().min(1).max(512).optional(),
  /** What `JSON.stringify` makes of the browser's PushSubscription. */
  subscription: pushSubscriptionSchema,
});
export type PushSubscriptionRequest = z.infer<typeof pushSubscriptionRequest>;

export const pushSubscriptionAnswer = z.object({ success: z.literal(true) });
/** No fields. */
export const pushKeyRequest = z.strictObject({});
export const pushKeyAnswer = z.object({
  /** For `applicationServerKey`. */
  publicKey: z.string(),
});
