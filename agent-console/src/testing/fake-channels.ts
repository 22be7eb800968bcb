import type { ChannelView } from '../../../decision-engine/src/api/shapes/channel';

const bare = (channel: string, name: string, more: Partial<ChannelView>): ChannelView => ({
  channel,
  name,
  configured: false,
  detail: '',
  forStaff: false,
  addressKind: 'phone',
  callbacks: [],
  endpoints: [],
  retrying: 0,
  inDoubt: 0,
  failures: [],
  ...more,
});

const set = (name: string, what: string): string =>
  `${name} is not configured: set ${what} and start again. Nothing is sent until then.`;

/** Channels in every state that the settings page knows. */
export function fakeChannels(now: number): ChannelView[] {
  const at = (minutesAgo: number): string => new Date(now - minutesAgo * 60_000).toISOString();
  return [
    bare('email', 'E-mail', { addressKind: 'email', detail: set('E-mail', 'SMTP_URL') }),
    bare('sms', 'SMS', {
      configured: true,
      callbacks: [
        { what: 'Messages that come in', url: 'https://api.shop.example/v1/inbound/twilio/message' },
      ],
      retrying: 2,
      failures: [
        {
          deliveryId: 'dec_1:a:sms',
          to: '+447700900123',
          detail: 'not delivered: undelivered, Twilio error 30003',
          at: at(12),
        },
        {
          deliveryId: 'dec_2:a:sms',
          to: '+447700900456',
          detail: 'not sent after 5 tries: sms: HTTP 503',
          at: at(190),
        },
      ],
    }),
    bare('whatsapp', 'WhatsApp', {
      detail: set('WhatsApp', 'WHATSAPP_ACCESS_TOKEN and WHATSAPP_PHONE_NUMBER_ID'),
    }),
    bare('push', 'Mobile push', { addressKind: 'device', configured: true }),
    bare('webpush', 'Web push', {
      addressKind: 'browser',
      detail: set('Web push', 'VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY and VAPID_SUBJECT'),
    }),
    bare('webhook', 'Webhook', {
      addressKind: 'endpoint',
      configured: true,
      endpoints: [
        { name: 'crm', off: null },
        { name: 'old-warehouse', off: 'old-warehouse wants no more of these (HTTP 410)' },
      ],
    }),
    bare('slack', 'Slack', { addressKind: 'room', forStaff: true, configured: true }),
    bare('teams', 'Microsoft Teams', {
      addressKind: 'room',
      forStaff: true,
      detail: set('Microsoft Teams', 'TEAMS_WEBHOOK_URL'),
    }),
  ];
}
