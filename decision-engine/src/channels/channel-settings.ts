import { type ServiceAccount, serviceAccountSchema, type VapidKeys, vapidProblem } from '@segue/integrations';
import { z } from 'zod';

const text = z.string().min(1).optional();

const serviceAccount = z
  .string()
  .transform((value, context) => {
    try {
      return JSON.parse(value) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'Expected the JSON of a service account’s key file' });
      return z.NEVER;
    }
  })
  .pipe(serviceAccountSchema);

/** The environment variables of the channels. */
export const channelEnvironment = {
  SMTP_URL: z.url().optional(),
  EMAIL_FROM: z.string().min(3).default('Segue <no-reply@segue.local>'),
  TWILIO_ACCOUNT_SID: text,
  TWILIO_AUTH_TOKEN: text,
  TWILIO_FROM: text,
  TWILIO_API_URL: z.url().default('https://api.twilio.com'),
  WHATSAPP_ACCESS_TOKEN: text,
  WHATSAPP_PHONE_NUMBER_ID: text,
  WHATSAPP_APP_SECRET: text,
  WHATSAPP_VERIFY_TOKEN: text,
  WHATSAPP_API_URL: z.url().default('https://graph.facebook.com/v23.0'),
  FCM_SERVICE_ACCOUNT: serviceAccount.optional(),
  FCM_API_URL: z.url().default('https://fcm.googleapis.com'),
  VAPID_PUBLIC_KEY: text,
  VAPID_PRIVATE_KEY: text,
  VAPID_SUBJECT: text,
  SLACK_WEBHOOK_URL: z.url().optional(),
  TEAMS_WEBHOOK_URL: z.url().optional(),
  CHATWOOT_WEBHOOK_SECRET: text,
  ZENDESK_WEBHOOK_SECRET: text,
  SHOPIFY_WEBHOOK_SECRET: text,
  STRIPE_WEBHOOK_SECRET: text,
};

/** Those whose values are never repeated in an error. */
export const SECRET_CHANNEL_VARIABLES: readonly string[] = [
  'SMTP_URL',
  'TWILIO_AUTH_TOKEN',
  'WHATSAPP_ACCESS_TOKEN',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_VERIFY_TOKEN',
  'FCM_SERVICE_ACCOUNT',
  'VAPID_PRIVATE_KEY',
  'SLACK_WEBHOOK_URL',
  'TEAMS_WEBHOOK_URL',
  'CHATWOOT_WEBHOOK_SECRET',
  'ZENDESK_WEBHOOK_SECRET',
  'SHOPIFY_WEBHOOK_SECRET',
  'STRIPE_WEBHOOK_SECRET',
];

export type WebhookEndpoints = ReadonlyMap<
  string,
  { readonly url: string; readonly secrets: readonly string[] }
>;

/** What channels need to send and to be called back; null = not set. */
export type ChannelSettings = {
  readonly smtpUrl: string | null;
  /** `Name <address>` or an address alone. */
  readonly emailFrom: string;
  readonly twilio: {
    readonly accountSid: string | null;
    readonly authToken: string | null;
    /** A number in E.164, a sender name, or a messaging service (`MG…`). */
    readonly from: string | null;
    readonly apiUrl: string;
  };
  readonly whatsapp: {
    readonly accessToken: string | null;
    readonly phoneNumberId: string | null;
    /** Signs Meta's calls; without it none is taken. */
    readonly appSecret: string | null;
    /** What Meta shows when it asks whether our address is ours. */
    readonly verifyToken: string | null;
    readonly apiUrl: string;
  };
  readonly fcm: { readonly serviceAccount: ServiceAccount | null; readonly apiUrl: string };
  readonly vapid: { readonly [Key in keyof VapidKeys]: string | null };
  readonly slackWebhookUrl: string | null;
  readonly teamsWebhookUrl: string | null;
  readonly chatwootSecret: string | null;
  /** Of each of its webhooks; empty = not configured. */
  readonly zendeskSecrets: readonly string[];
  readonly shopifySecret: string | null;
  readonly stripeSecret: string | null;
  /** Receivers of webhooks, by name. */
  readonly webhooks: WebhookEndpoints;
  /** Where providers call us back, without a slash at its end; null = not told. */
  readonly publicApiUrl: string | null;
};

type ChannelValues = z.output<z.ZodObject<typeof channelEnvironment>>;

/** @throws Error naming the VAPID setting that can't be used */
export function channelSettingsOf(
  values: ChannelValues,
  { webhooks, publicApiUrl }: Pick<ChannelSettings, 'webhooks' | 'publicApiUrl'>,
): ChannelSettings {
  const settings = {
    smtpUrl: values.SMTP_URL ?? null,
    emailFrom: values.EMAIL_FROM,
    twilio: {
      accountSid: values.TWILIO_ACCOUNT_SID ?? null,
      authToken: values.TWILIO_AUTH_TOKEN ?? null,
      from: values.TWILIO_FROM ?? null,
      apiUrl: values.TWILIO_API_URL,
    },
    whatsapp: {
      accessToken: values.WHATSAPP_ACCESS_TOKEN ?? null,
      phoneNumberId: values.WHATSAPP_PHONE_NUMBER_ID ?? null,
      appSecret: values.WHATSAPP_APP_SECRET ?? null,
      verifyToken: values.WHATSAPP_VERIFY_TOKEN ?? null,
      apiUrl: values.WHATSAPP_API_URL,
    },
    fcm: { serviceAccount: values.FCM_SERVICE_ACCOUNT ?? null, apiUrl: values.FCM_API_URL },
    vapid: {
      subject: values.VAPID_SUBJECT ?? null,
      publicKey: values.VAPID_PUBLIC_KEY ?? null,
      privateKey: values.VAPID_PRIVATE_KEY ?? null,
    },
    slackWebhookUrl: values.SLACK_WEBHOOK_URL ?? null,
    teamsWebhookUrl: values.TEAMS_WEBHOOK_URL ?? null,
    chatwootSecret: values.CHATWOOT_WEBHOOK_SECRET ?? null,
    zendeskSecrets: values.ZENDESK_WEBHOOK_SECRET?.split(',').map((secret) => secret.trim()) ?? [],
    shopifySecret: values.SHOPIFY_WEBHOOK_SECRET ?? null,
    stripeSecret: values.STRIPE_WEBHOOK_SECRET ?? null,
    webhooks,
    publicApiUrl,
  };
  const keys = vapidKeysOf(settings);
  const problem = keys === null ? undefined : vapidProblem(keys);
  if (problem !== undefined) {
    throw new Error(
      `These settings can't be used:\n  VAPID_SUBJECT, VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY: ${problem}`,
    );
  }
  return settings;
}

/** The keys that browsers' subscriptions are made with; null where one of the three settings is missing. */
export function vapidKeysOf({ vapid }: Pick<ChannelSettings, 'vapid'>): VapidKeys | null {
  const { subject, publicKey, privateKey } = vapid;
  return subject === null || publicKey === null || privateKey === null
    ? null
    : { subject, publicKey, privateKey };
}
