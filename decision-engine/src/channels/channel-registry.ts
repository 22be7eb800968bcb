import type { Channel, OutboundMessage } from '@segue/integrations';
import type { CustomerDocument } from '../customers/customer-document.js';
import type { StoredDelivery } from '../decisions/decision-document.js';
import type { Engine } from '../engine/engine.js';
import type { Store } from '../store/store.js';

/** Whether messages can leave on a channel, and if not, what to set, in a sentence. */
export type ChannelState = { readonly configured: boolean; readonly detail: string };

/** What is to go out, or why it can't as things are now. */
export type Composed = OutboundMessage | { readonly refused: string };

/** A channel and what the engine has to know about it. */
export type EngineChannel = {
  readonly channel: Channel;
  readonly state: ChannelState;
  /** Where this customer can be reached; null = nowhere. */
  readonly addressOf: (
    store: Pick<Store, 'identities'>,
    customer: CustomerDocument,
  ) => Promise<string | null>;
  /** What it means to have no address: "no e-mail address is known". */
  readonly noAddress: string;
  /** Makes the message at the moment it is sent, from the delivery and the customer as of now. */
  readonly compose: (
    delivery: StoredDelivery,
    customer: CustomerDocument,
    at: SendingMoment,
  ) => Composed | Promise<Composed>;
  /** When to try again after a passing fault, where the channel has a schedule of its own; see {@link Retries}. */
  readonly retries?: Retries;
  /** Acts on the provider's word that nobody is at an address any more. */
  readonly forget?: (engine: Engine, gone: AddressGone) => Promise<void>;
  /** It reaches colleagues, not customers. */
  readonly forStaff?: true;
  /** Addresses to tell the provider, so that it calls us back. */
  readonly callbacks?: readonly { readonly what: string; readonly url: string }[];
  /** Names of the receivers of webhooks. */
  readonly endpoints?: readonly string[];
  /** What pages subscribe to push messages with. */
  readonly publicKey?: string;
};

/** What making a message may look at besides the delivery and the customer. */
export type SendingMoment = { readonly store: Store; readonly now: Date };

/**
 * The wait after a failed try, in milliseconds; `undefined` = no more tries.
 * @param attempts how many were made, from 1
 * @param spread in [0, 1), the same for a delivery each time: receivers are not called back all at once
 */
export type Retries = (attempts: number, spread: number) => number | undefined;

export type AddressGone = {
  readonly customerId: string;
  readonly deliveryId: string;
  readonly address: string;
  readonly reason: string;
};

/** The channels that messages can leave on. */
export type ChannelRegistry = {
  readonly all: readonly EngineChannel[];
  /** By its id, as treatments name it: `email`, `sms`. Null = no messages leave there. */
  readonly get: (channelId: string) => EngineChannel | null;
  /** Lets go of all connections. */
  readonly close: () => Promise<void>;
};

/** @throws when two channels have one id */
export function createChannelRegistry(all: readonly EngineChannel[]): ChannelRegistry {
  const byId = new Map(all.map((each) => [each.channel.definition.id, each]));
  if (byId.size !== all.length) {
    const ids = all.map(({ channel }) => channel.definition.id);
    throw new Error(`Expected every channel to have an id of its own, got ${ids.join(', ')}`);
  }
  return {
    all,
    get: (channelId) => byId.get(channelId) ?? null,
    close: async () => {
      await Promise.all(all.map(({ channel }) => channel.close()));
    },
  };
}

/** Which words of a message are still empty, though its channel can't do without. */
export function missingWords(
  { channel }: EngineChannel,
  text: { readonly subject: string; readonly text: string },
): readonly ('subject' | 'text')[] {
  return channel.definition.needs.filter((part) => text[part].trim() === '');
}
