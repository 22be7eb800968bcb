import type { Channel, OutboundMessage } from '@segue/integrations';
import type { CustomerDocument } from '../customers/customer-document.js';
import type { StoredDelivery } from '../decisions/decision-document.js';
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
  readonly compose: (delivery: StoredDelivery, customer: CustomerDocument) => Composed | Promise<Composed>;
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
