import type { JsonObject } from '@segue/models';

type Envelope = {
  readonly messageId: string;
  readonly anonymousId?: string;
  readonly userId?: string;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly context: JsonObject;
};

/** A message as a shop's website, app, till or help desk would send it, in the Segment spec. */
export type DemoEvent =
  | (Envelope & { readonly type: 'track'; readonly event: string; readonly properties: JsonObject })
  | (Envelope & { readonly type: 'page'; readonly name: string; readonly properties: JsonObject })
  | (Envelope & { readonly type: 'identify'; readonly traits: JsonObject })
  | (Envelope & { readonly type: 'alias'; readonly previousId: string });
