import { createEmailChannel, createTwilioChannel } from '@segue/integrations';
import { type ChannelRegistry, createChannelRegistry, type EngineChannel } from './channel-registry.js';
import type { ChannelSettings } from './channel-settings.js';
import { channelState, connectChannel } from './connect-channel.js';

function email({ smtpUrl, emailFrom }: ChannelSettings): EngineChannel {
  const channel = createEmailChannel({ smtpUrl, from: emailFrom });
  return connectChannel(channel, channelState('E-mail', { SMTP_URL: smtpUrl }));
}

function sms({ twilio: { accountSid, authToken, from, apiUrl } }: ChannelSettings): EngineChannel {
  const credentials =
    accountSid === null || authToken === null || from === null ? null : { accountSid, authToken, from };
  return connectChannel(
    createTwilioChannel({ credentials, baseUrl: apiUrl }),
    channelState('SMS', {
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_FROM: from,
    }),
  );
}

/** Every channel Segue has, configured or not. */
export function connectChannels(settings: ChannelSettings): ChannelRegistry {
  return createChannelRegistry([email(settings), sms(settings)]);
}
