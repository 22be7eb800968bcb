import { z } from 'zod';

const text = z.string().min(1).optional();

/** The environment variables of the channels. */
export const channelEnvironment = {
  SMTP_URL: z.url().optional(),
  EMAIL_FROM: z.string().min(3).default('Segue <no-reply@segue.local>'),
  TWILIO_ACCOUNT_SID: text,
  TWILIO_AUTH_TOKEN: text,
  TWILIO_FROM: text,
  TWILIO_API_URL: z.url().default('https://api.twilio.com'),
};

/** Those whose values are never repeated in an error. */
export const SECRET_CHANNEL_VARIABLES: readonly string[] = ['SMTP_URL', 'TWILIO_AUTH_TOKEN'];

/** What channels need to send; null = not set. */
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
};

type ChannelValues = z.output<z.ZodObject<typeof channelEnvironment>>;

export function channelSettingsOf(values: ChannelValues): ChannelSettings {
  return {
    smtpUrl: values.SMTP_URL ?? null,
    emailFrom: values.EMAIL_FROM,
    twilio: {
      accountSid: values.TWILIO_ACCOUNT_SID ?? null,
      authToken: values.TWILIO_AUTH_TOKEN ?? null,
      from: values.TWILIO_FROM ?? null,
      apiUrl: values.TWILIO_API_URL,
    },
  };
}
