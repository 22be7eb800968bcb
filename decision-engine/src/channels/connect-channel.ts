import type { Channel, ChannelDefinition, OutboundMessage } from '@segue/integrations';
import { latestDevice } from '../customers/device-from-event.js';
import type { StoredDelivery } from '../decisions/decision-document.js';
import type { ChannelState, EngineChannel } from './channel-registry.js';
import { deviceMessage } from './device-message.js';
import { forgetDevice } from './forget-device.js';
import { identityAddress } from './identity-address.js';

type Addressing = Pick<EngineChannel, 'addressOf' | 'noAddress' | 'compose' | 'forget'>;

/** The message as it stands in the delivery. */
export function plainMessage({ deliveryId, to, subject, text, attributes }: StoredDelivery): OutboundMessage {
  const link = attributes?.['link'];
  return {
    deliveryId,
    to,
    subject,
    text,
    ...(typeof link === 'string' && link !== '' ? { link } : {}),
  };
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

/** How customers are found by each kind of address. */
function addressingBy({ addressKind: kind, name }: ChannelDefinition): Addressing {
  switch (kind) {
    case 'email':
    case 'phone':
      return {
        addressOf: (store, customer) => identityAddress(store, customer, kind),
        noAddress: kind === 'email' ? 'no e-mail address is known' : 'no phone number is known',
        compose: plainMessage,
      };
    case 'device':
    case 'browser': {
      const device = kind === 'device' ? 'app' : 'browser';
      return {
        addressOf: (_store, customer) => Promise.resolve(latestDevice(customer, device)?.address ?? null),
        noAddress:
          kind === 'device'
            ? 'no app that takes push messages is known'
            : 'no browser has subscribed to push messages',
        compose: (delivery, customer, { store }) => deviceMessage(delivery, customer, store),
        forget: forgetDevice,
      };
    }
    case 'endpoint':
    case 'room':
      return {
        addressOf: () => Promise.resolve(null),
        noAddress: `${name} does not reach customers`,
        compose: plainMessage,
      };
  }
}

/** Makes an engine's channel of one that reaches customers by an address of theirs; `more` is what is special about it. */
export function connectChannel(
  channel: Channel,
  state: ChannelState,
  more: Partial<Omit<EngineChannel, 'channel' | 'state'>> = {},
): EngineChannel {
  return { ...addressingBy(channel.definition), ...more, channel, state };
}
