import type { Channel, OutboundMessage } from '@segue/integrations';
import type { CustomerDocument } from '../customers/customer-document.js';
import type { StoredDelivery } from '../decisions/decision-document.js';
import type { ChannelState, EngineChannel } from './channel-registry.js';
import { identityAddress } from './identity-address.js';

const NO_ADDRESS = { email: 'no e-mail address is known', phone: 'no phone number is known' } as const;

/** The message as it stands in the delivery. */
function plainMessage({ deliveryId, to, subject, text }: StoredDelivery): OutboundMessage {
  return { deliveryId, to, subject, text };
}

/**
 * Whether a channel is configured, from its settings by the names of their environment variables.
 * @param settings null = not set
 */
export function channelState(name: string, settings: Readonly<Record<string, string | null>>): ChannelState {
  const missing = Object.entries(settings).flatMap(([variable, value]) => (value === null ? [variable] : []));
  if (missing.length === 0) return { configured: true, detail: '' };
  const last = missing.at(-1) ?? '';
  const listed = missing.length === 1 ? last : `${missing.slice(0, -1).join(', ')} and ${last}`;
  return {
    configured: false,
    detail: `${name} is not configured: set ${listed} and start again. Nothing is sent until then.`,
  };
}

/** Makes an engine's channel of one that reaches customers by an address of theirs. */
export function connectChannel(
  channel: Channel,
  state: ChannelState,
  { compose = (delivery) => plainMessage(delivery) }: { readonly compose?: EngineChannel['compose'] } = {},
): EngineChannel {
  const { addressKind } = channel.definition;
  return {
    channel,
    state,
    addressOf: (store, customer: CustomerDocument) => identityAddress(store, customer, addressKind),
    noAddress: NO_ADDRESS[addressKind],
    compose,
  };
}
