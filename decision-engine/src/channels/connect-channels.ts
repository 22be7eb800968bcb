import {
  createEmailChannel,
  createFcmChannel,
  createSlackChannel,
  createTeamsChannel,
  createTwilioChannel,
  createWebhookChannel,
  createWebPushChannel,
  createWhatsAppChannel,
} from '@segue/integrations';
import { type ChannelRegistry, createChannelRegistry, type EngineChannel } from './channel-registry.js';
import { type ChannelSettings, vapidKeysOf } from './channel-settings.js';
import { channelState, connectChannel } from './connect-channel.js';
import { INBOUND } from './inbound-paths.js';
import { webhookSpecials } from './webhook-endpoints.js';
import { whatsAppMessage } from './whatsapp-message.js';

/** How the channels' messages are made, where that is more than the words of the delivery. */
export type Composers = { readonly email?: EngineChannel['compose'] };

function callbacksAt(
  publicApiUrl: string | null,
  calls: readonly (readonly [what: string, path: string])[],
): readonly { readonly what: string; readonly url: string }[] {
  return calls.map(([what, path]) => ({ what, url: `${publicApiUrl ?? ''}${path}` }));
}

function email({ smtpUrl, emailFrom }: ChannelSettings, composers: Composers): EngineChannel {
  const channel = createEmailChannel({ smtpUrl, from: emailFrom });
  return connectChannel(
    channel,
    channelState('E-mail', { SMTP_URL: smtpUrl }),
    composers.email === undefined ? {} : { compose: composers.email },
  );
}

function sms({ twilio, publicApiUrl }: ChannelSettings): EngineChannel {
  const { accountSid, authToken, from, apiUrl } = twilio;
  const credentials =
    accountSid === null || authToken === null || from === null ? null : { accountSid, authToken, from };
  // The callback names the delivery: it may come before the answer to the send is stored.
  const statusCallback = (deliveryId: string) =>
    publicApiUrl === null
      ? null
      : `${publicApiUrl}${INBOUND.twilioStatus}?delivery=${encodeURIComponent(deliveryId)}`;
  return connectChannel(
    createTwilioChannel({ credentials, baseUrl: apiUrl, statusCallback }),
    channelState('SMS', {
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_FROM: from,
    }),
    { callbacks: callbacksAt(publicApiUrl, [['Messages that come in', INBOUND.twilioMessage]]) },
  );
}

function whatsapp({ whatsapp: meta, publicApiUrl }: ChannelSettings): EngineChannel {
  const { accessToken, phoneNumberId, apiUrl } = meta;
  const credentials = accessToken === null || phoneNumberId === null ? null : { accessToken, phoneNumberId };
  return connectChannel(
    createWhatsAppChannel({ credentials, baseUrl: apiUrl }),
    channelState('WhatsApp', {
      WHATSAPP_ACCESS_TOKEN: accessToken,
      WHATSAPP_PHONE_NUMBER_ID: phoneNumberId,
    }),
    {
      compose: (delivery, customer, { now }) => whatsAppMessage(delivery, customer, now),
      callbacks: callbacksAt(publicApiUrl, [['Receipts and messages that come in', INBOUND.whatsapp]]),
    },
  );
}

function push({ fcm: { serviceAccount, apiUrl } }: ChannelSettings): EngineChannel {
  return connectChannel(
    createFcmChannel({ serviceAccount, baseUrl: apiUrl }),
    channelState('Mobile push', { FCM_SERVICE_ACCOUNT: serviceAccount?.project_id ?? null }),
  );
}

function webPush(settings: ChannelSettings): EngineChannel {
  const { subject, publicKey, privateKey } = settings.vapid;
  const vapid = vapidKeysOf(settings);
  return connectChannel(
    createWebPushChannel({ vapid }),
    channelState('Web push', {
      VAPID_PUBLIC_KEY: publicKey,
      VAPID_PRIVATE_KEY: privateKey,
      VAPID_SUBJECT: subject,
    }),
    vapid === null ? {} : { publicKey: vapid.publicKey },
  );
}

function webhook({ webhooks }: ChannelSettings): EngineChannel {
  const names = [...webhooks.keys()];
  return connectChannel(
    createWebhookChannel({ endpoints: webhooks, now: () => new Date() }),
    channelState('Webhook', { SEGUE_WEBHOOKS: names[0] ?? null }),
    { ...webhookSpecials(names), endpoints: names },
  );
}

function staff({ slackWebhookUrl, teamsWebhookUrl }: ChannelSettings): EngineChannel[] {
  return [
    connectChannel(
      createSlackChannel({ webhookUrl: slackWebhookUrl }),
      channelState('Slack', { SLACK_WEBHOOK_URL: slackWebhookUrl }),
      { forStaff: true },
    ),
    connectChannel(
      createTeamsChannel({ webhookUrl: teamsWebhookUrl }),
      channelState('Microsoft Teams', { TEAMS_WEBHOOK_URL: teamsWebhookUrl }),
      { forStaff: true },
    ),
  ];
}

/** Every channel Segue has, configured or not. */
export function connectChannels(settings: ChannelSettings, composers: Composers = {}): ChannelRegistry {
  return createChannelRegistry([
    email(settings, composers),
    sms(settings),
    whatsapp(settings),
    push(settings),
    webPush(settings),
    webhook(settings),
    ...staff(settings),
  ]);
}
