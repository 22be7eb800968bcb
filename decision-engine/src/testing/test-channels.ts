import { type Channel, createEmailChannel } from '@segue/integrations';
import {
  type ChannelRegistry,
  createChannelRegistry,
  type EngineChannel,
} from '../channels/channel-registry.js';
import { channelState, connectChannel } from '../channels/connect-channel.js';

/** The given channels, as configured ones where nothing else is said, and e-mail without a server where it isn't among them. */
export function testChannels(
  channels: readonly (Channel | EngineChannel)[],
  composeEmail: EngineChannel['compose'],
): ChannelRegistry {
  const connected = channels.map((each) =>
    'channel' in each
      ? each
      : connectChannel(
          each,
          { configured: true, detail: '' },
          each.definition.id === 'email' ? { compose: composeEmail } : {},
        ),
  );
  if (connected.some(({ channel }) => channel.definition.id === 'email'))
    return createChannelRegistry(connected);
  const email = createEmailChannel({ smtpUrl: null, from: 'shop@example.com' });
  return createChannelRegistry([
    connectChannel(email, channelState('E-mail', { SMTP_URL: null })),
    ...connected,
  ]);
}
