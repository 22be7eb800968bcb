import path from 'node:path';
import { isWebhookSecret } from '@segue/integrations';
import { z } from 'zod';
import type { RateLimit } from './api/rate-limit.js';
import {
  type ChannelSettings,
  channelEnvironment,
  channelSettingsOf,
  SECRET_CHANNEL_VARIABLES,
} from './channels/channel-settings.js';
import { type SendingLimits, sendingLimits } from './deliveries/sending-limits.js';
import type { ZendeskSettings } from './plugin/zendesk-token.js';
import { type SignOnSettings, signOnEnvironment, signOnSettingsOf } from './sign-on/sign-on-settings.js';

const port = z.coerce.number().int().min(0).max(65535);
const webhookSecret = z.string().refine(isWebhookSecret, 'Expected a secret "whsec_…"');
const switched = z.enum(['on', 'off']).transform((value) => value === 'on');

/** The window `SEGUE_RATE_LIMIT` counts in. */
const RATE_LIMIT_SECONDS = 10;

/** `{"crm": {"url": "https://…", "secret": "whsec_…"}}`; several secrets while receivers change over. */
const webhooks = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({
        code: 'custom',
        message: 'Expected JSON, {"name": {"url": "https://…", "secret": "whsec_…"}}',
      });
      return z.NEVER;
    }
  })
  .pipe(
    z.record(
      z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Expected names of lower-case letters, digits and "-"'),
      z.strictObject({
        url: z.url({ protocol: /^https$/ }),
        secret: z.union([webhookSecret, z.array(webhookSecret).min(1).max(5)]),
      }),
    ),
  )
  .transform(
    (endpoints) =>
      new Map(
        Object.entries(endpoints).map(([name, { url, secret }]) => [
          name,
          { url, secrets: typeof secret === 'string' ? [secret] : secret },
        ]),
      ),
  );

/** How many proxies stand before the API, or which: `1`, or `10.0.0.0/8,127.0.0.1`. */
const trustProxy = z
  .string()
  .regex(
    /^(off|[1-9]|[0-9a-fA-F.:/]+(, *[0-9a-fA-F.:/]+)*)$/,
    'Expected "off", a number of proxies from 1 to 9, or addresses and networks with commas between',
  )
  .transform((text) => (text === 'off' ? false : /^[1-9]$/.test(text) ? Number(text) : text));
const secretKey = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((key) => key.length === 32, 'Expected 32 bytes as base64');

/** PEM; in a file of settings its lines may end with `\\n`. */
const publicKey = z
  .string()
  .transform((text) => text.replaceAll('\\n', '\n'))
  .refine((text) => text.startsWith('-----BEGIN PUBLIC KEY-----'), 'Expected a public key as PEM');
const audiences = z
  .string()
  .transform((text) => text.split(',').map((each) => each.trim()))
  .pipe(z.array(z.url({ protocol: /^https$/ })));

const environment = z.object({
  MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, 'Expected a mongodb:// or mongodb+srv:// address'),
  SEGUE_DATA: z.string().min(1).default('.data'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(4000),
  CONSOLE_PORT: port.default(3000),
  CONSOLE_URL: z.url().optional(),
  SEGUE_PUBLIC_API_URL: z.url().optional(),
  SEGUE_TRUST_PROXY: trustProxy.default(false),
  SEGUE_SECRET_KEY: secretKey.optional(),
  ZENDESK_APP_PUBLIC_KEY: publicKey.optional(),
  ZENDESK_APP_AUDIENCES: audiences.default([]),
  ...signOnEnvironment,
  ...channelEnvironment,
  EMAIL_POSTAL_ADDRESS: z.string().max(300).default(''),
  EMAIL_TRACK_CLICKS: switched.default(true),
  EMAIL_TRACK_OPENS: switched.default(false),
  SEGUE_RATE_LIMIT: z.coerce.number().int().min(0).max(1_000_000).default(10_000),
  SEGUE_SENDING_LIMITS: sendingLimits.default(new Map()),
  SEGUE_WEBHOOKS: webhooks.default(new Map()),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  SEGUE_DEMO: switched.default(true),
  SEGUE_DEMO_LIVE: switched.default(true),
  SEGUE_DEMO_CUSTOMERS: z.coerce.number().int().min(50).max(500_000).default(600),
});

export type Config = {
  readonly mongodbUri: string;
  /** Folder, absolute, of everything this installation keeps outside the database. */
  readonly dataFolder: string;
  /** Folder, absolute, of the trained models. */
  readonly modelsFolder: string;
  readonly host: string;
  readonly port: number;
  readonly consolePort: number;
  /** Where people open the console when it isn't on this machine's `consolePort`. */
  readonly consoleUrl: string | null;
  /** Where the outside reaches the API, without a slash at its end: what providers call back; null = not told. */
  readonly publicApiUrl: string | null;
  /** Proxies whose word on where a request comes from is taken: how many, or which; false = none. */
  readonly trustProxy: false | number | string;
  /** Seals secrets in the database; null = of a file in the data folder. */
  readonly secretKey: Buffer | null;
  /** What Zendesk signs the sidebar's address with; null = the app brings its page itself. */
  readonly zendesk: ZendeskSettings | null;
  /** Null where people sign in with passwords alone. */
  readonly signOn: SignOnSettings | null;
  readonly channels: ChannelSettings;
  /** Stands at the end of e-mails; '' = none. */
  readonly emailPostalAddress: string;
  /** Links of e-mails lead through the engine. */
  readonly emailTrackClicks: boolean;
  /** E-mails hold an image that tells of their being opened. */
  readonly emailTrackOpens: boolean;
  /** Messages at once and a second, by channel. */
  readonly sendingLimits: SendingLimits;
  /** Receivers of webhooks that journeys may call, by name. */
  readonly webhooks: ReadonlyMap<string, { readonly url: string; readonly secrets: readonly string[] }>;
  /** Requests each API key may make in a window; null = as many as it likes. */
  readonly rateLimit: RateLimit | null;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Whether a first start fills an empty database with the demo shop. */
  readonly demo: boolean;
  /** Whether the demo shop keeps playing while the engine runs. */
  readonly demoLive: boolean;
  readonly demoCustomers: number;
};

/**
 * Reads the engine's settings. The only place in this package that knows the names of environment variables.
 * @throws Error naming the variable, the rule and the value when one is out of range.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const name = issue.path.join('.');
      const got =
        given[name] === undefined
          ? 'nothing'
          : name === 'MONGODB_URI' ||
              SECRET_CHANNEL_VARIABLES.some((secret) => name.startsWith(secret)) ||
              ['SEGUE_WEBHOOKS', 'SEGUE_SECRET_KEY', 'SEGUE_OIDC_CLIENT_SECRET'].some((secret) =>
                name.startsWith(secret),
              )
            ? 'another value'
            : given[name];
      return `${name}: ${issue.message}, got ${got}`;
    });
    throw new Error(`These settings can't be used:\n  ${problems.join('\n  ')}`);
  }
  const values = parsed.data;
  const publicApiUrl = values.SEGUE_PUBLIC_API_URL?.replace(/\/+$/, '') ?? null;
  return {
    mongodbUri: values.MONGODB_URI,
    dataFolder: path.resolve(values.SEGUE_DATA),
    modelsFolder: path.resolve(values.SEGUE_DATA, 'models'),
    host: values.HOST,
    port: values.PORT,
    consolePort: values.CONSOLE_PORT,
    consoleUrl: values.CONSOLE_URL ?? null,
    publicApiUrl,
    trustProxy: values.SEGUE_TRUST_PROXY,
    secretKey: values.SEGUE_SECRET_KEY ?? null,
    zendesk: zendeskSettingsOf(values),
    signOn: signOnSettingsOf(values),
    channels: channelSettingsOf(values, { webhooks: values.SEGUE_WEBHOOKS, publicApiUrl }),
    emailPostalAddress: values.EMAIL_POSTAL_ADDRESS,
    emailTrackClicks: values.EMAIL_TRACK_CLICKS,
    emailTrackOpens: values.EMAIL_TRACK_OPENS,
    sendingLimits: values.SEGUE_SENDING_LIMITS,
    webhooks: values.SEGUE_WEBHOOKS,
    rateLimit:
      values.SEGUE_RATE_LIMIT === 0
        ? null
        : { requests: values.SEGUE_RATE_LIMIT, seconds: RATE_LIMIT_SECONDS },
    logLevel: values.LOG_LEVEL,
    demo: values.SEGUE_DEMO,
    demoLive: values.SEGUE_DEMO_LIVE,
    demoCustomers: values.SEGUE_DEMO_CUSTOMERS,
  };
}

/** @throws Error where only one of key and installations is given */
function zendeskSettingsOf({
  ZENDESK_APP_PUBLIC_KEY: publicKey,
  ZENDESK_APP_AUDIENCES: audiences,
}: z.output<typeof environment>): ZendeskSettings | null {
  if (publicKey !== undefined && audiences.length > 0) return { publicKey, audiences };
  if (publicKey === undefined && audiences.length === 0) return null;
  throw new Error(
    `These settings can't be used:\n  Expected ZENDESK_APP_PUBLIC_KEY and ZENDESK_APP_AUDIENCES together, got only ${publicKey === undefined ? 'ZENDESK_APP_AUDIENCES' : 'ZENDESK_APP_PUBLIC_KEY'}`,
  );
}
