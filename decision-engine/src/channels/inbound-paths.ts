/** Where providers call us. Each call is signed by its provider; no API key is asked for. */
export const INBOUND = {
  twilioStatus: '/v1/inbound/twilio/status',
  twilioMessage: '/v1/inbound/twilio/message',
  whatsapp: '/v1/inbound/whatsapp',
  chatwoot: '/v1/inbound/chatwoot',
  zendesk: '/v1/inbound/zendesk',
  shopify: '/v1/inbound/shopify',
  stripe: '/v1/inbound/stripe',
  /** Mails that came back. Signed by nobody, so this one asks for a key. */
  email: '/v1/inbound/email',
} as const;
