import { describe, expect, test } from 'vitest';
import { loadConfig } from './config.js';

const uri = 'mongodb://127.0.0.1:27017/segue';

const serviceAccount = {
  project_id: 'shop-1',
  client_email: 'segue@shop-1.iam.gserviceaccount.com',
  private_key: '-----BEGIN PRIVATE KEY-----',
  token_uri: 'https://oauth2.example.com/token',
};
const vapid = {
  subject: 'mailto:ops@example.com',
  publicKey: Buffer.alloc(65, 4).toString('base64url'),
  privateKey: Buffer.alloc(32, 7).toString('base64url'),
};

describe('loadConfig', () => {
  test('reads each setting from its own variable', () => {
    const config = loadConfig({
      MONGODB_URI: uri,
      SEGUE_DATA: '/data/one',
      HOST: '10.1.2.3',
      PORT: '4101',
      CONSOLE_PORT: '3102',
      CONSOLE_URL: 'https://console.example.com',
      SMTP_URL: 'smtp://mail.example.com:25',
      EMAIL_FROM: 'Shop <shop@example.com>',
      SEGUE_PUBLIC_API_URL: 'https://api.example.com/',
      TWILIO_ACCOUNT_SID: 'AC1',
      TWILIO_AUTH_TOKEN: 'token-2',
      TWILIO_FROM: '+15005550006',
      TWILIO_API_URL: 'http://twilio.example.com',
      WHATSAPP_ACCESS_TOKEN: 'token-3',
      WHATSAPP_PHONE_NUMBER_ID: '4444',
      WHATSAPP_APP_SECRET: 'secret-5',
      WHATSAPP_VERIFY_TOKEN: 'verify-6',
      WHATSAPP_API_URL: 'http://whatsapp.example.com/v1.0',
      FCM_SERVICE_ACCOUNT: JSON.stringify(serviceAccount),
      FCM_API_URL: 'http://fcm.example.com',
      VAPID_PUBLIC_KEY: vapid.publicKey,
      VAPID_PRIVATE_KEY: vapid.privateKey,
      VAPID_SUBJECT: vapid.subject,
      SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/7',
      TEAMS_WEBHOOK_URL: 'https://teams.example.com/8',
      CHATWOOT_WEBHOOK_SECRET: 'secret-9',
      ZENDESK_WEBHOOK_SECRET: 'secret-12, secret-13',
      SHOPIFY_WEBHOOK_SECRET: 'secret-10',
      STRIPE_WEBHOOK_SECRET: 'secret-11',
      EMAIL_POSTAL_ADDRESS: 'The Shop, 1 High Street',
      EMAIL_TRACK_CLICKS: 'off',
      EMAIL_TRACK_OPENS: 'on',
      SEGUE_WEBHOOKS: JSON.stringify({
        crm: { url: 'https://crm.example.com/in', secret: `whsec_${'QUJD'.repeat(10)}` },
      }),
      LOG_LEVEL: 'debug',
      SEGUE_RATE_LIMIT: '88',
      SEGUE_SENDING_LIMITS: 'sms=9@10.5',
      SEGUE_DEMO: 'off',
      SEGUE_DEMO_LIVE: 'off',
      SEGUE_DEMO_CUSTOMERS: '77',
      SEGUE_TRUST_PROXY: '2',
      SEGUE_SECRET_KEY: Buffer.alloc(32, 5).toString('base64'),
      ZENDESK_APP_PUBLIC_KEY: '-----BEGIN PUBLIC KEY-----\\nabc\\n-----END PUBLIC KEY-----',
      ZENDESK_APP_AUDIENCES: 'https://acme.zendesk.com/api/v2/apps/installations/1.json',
      SEGUE_OIDC_ISSUER: 'https://id.example.com',
      SEGUE_OIDC_CLIENT_ID: 'segue',
      SEGUE_OIDC_CLIENT_SECRET: 'a secret',
      SEGUE_OIDC_DOMAINS: 'Example.com, example.org',
      SEGUE_OIDC_ROLES: '{"leads": "lead"}',
    });
    expect(config).toEqual({
      mongodbUri: uri,
      trustProxy: 2,
      secretKey: Buffer.alloc(32, 5),
      zendesk: {
        publicKey: '-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----',
        audiences: ['https://acme.zendesk.com/api/v2/apps/installations/1.json'],
      },
      signOn: {
        issuer: 'https://id.example.com',
        clientId: 'segue',
        clientSecret: 'a secret',
        name: 'id.example.com',
        domains: ['example.com', 'example.org'],
        trustEmail: false,
        roleClaim: 'groups',
        roles: new Map([['leads', 'lead']]),
      },
      dataFolder: '/data/one',
      host: '10.1.2.3',
      port: 4101,
      consolePort: 3102,
      consoleUrl: 'https://console.example.com',
      publicApiUrl: 'https://api.example.com',
      channels: {
        smtpUrl: 'smtp://mail.example.com:25',
        emailFrom: 'Shop <shop@example.com>',
        twilio: {
          accountSid: 'AC1',
          authToken: 'token-2',
          from: '+15005550006',
          apiUrl: 'http://twilio.example.com',
        },
        whatsapp: {
          accessToken: 'token-3',
          phoneNumberId: '4444',
          appSecret: 'secret-5',
          verifyToken: 'verify-6',
          apiUrl: 'http://whatsapp.example.com/v1.0',
        },
        fcm: { serviceAccount, apiUrl: 'http://fcm.example.com' },
        vapid,
        slackWebhookUrl: 'https://hooks.slack.com/services/7',
        teamsWebhookUrl: 'https://teams.example.com/8',
        chatwootSecret: 'secret-9',
        zendeskSecrets: ['secret-12', 'secret-13'],
        shopifySecret: 'secret-10',
        stripeSecret: 'secret-11',
        webhooks: new Map([
          ['crm', { url: 'https://crm.example.com/in', secrets: [`whsec_${'QUJD'.repeat(10)}`] }],
        ]),
        publicApiUrl: 'https://api.example.com',
      },
      emailPostalAddress: 'The Shop, 1 High Street',
      emailTrackClicks: false,
      emailTrackOpens: true,
      sendingLimits: new Map([['sms', { atOnce: 9, perSecond: 10.5 }]]),
      webhooks: new Map([
        ['crm', { url: 'https://crm.example.com/in', secrets: [`whsec_${'QUJD'.repeat(10)}`] }],
      ]),
      modelsFolder: '/data/one/models',
      logLevel: 'debug',
      rateLimit: { requests: 88, seconds: 10 },
      demo: false,
      demoLive: false,
      demoCustomers: 77,
    });
  });

  test('the two demo switches are not crossed', () => {
    expect(loadConfig({ MONGODB_URI: uri, SEGUE_DEMO: 'off' })).toMatchObject({
      demo: false,
      demoLive: true,
    });
    expect(loadConfig({ MONGODB_URI: uri, SEGUE_DEMO_LIVE: 'off' })).toMatchObject({
      demo: true,
      demoLive: false,
    });
  });

  test('an empty variable counts as not set', () => {
    expect(loadConfig({ MONGODB_URI: uri, PORT: '' }).port).toBe(4000);
  });

  test('names the variable and the value, but never a connection string', () => {
    expect(() => loadConfig({ MONGODB_URI: uri, PORT: 'http' })).toThrow(/PORT: .*got http/);
    expect(() => loadConfig({ MONGODB_URI: 'postgres://user:secret@host' })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('secret') }),
    );
  });

  test.each([
    ['FCM_SERVICE_ACCOUNT', '{"private_key":"hush-hush"}'],
    ['FCM_SERVICE_ACCOUNT', 'hush-hush'],
    ['SLACK_WEBHOOK_URL', 'hush-hush'],
  ])('a broken %s is named and not repeated', (name, value) => {
    const load = () => loadConfig({ MONGODB_URI: uri, [name]: value });
    expect(load).toThrow(new RegExp(name));
    expect(load).toThrow(expect.not.objectContaining({ message: expect.stringContaining('hush') }));
  });

  test('VAPID keys that are none are refused at the start', () => {
    const keys = {
      VAPID_PUBLIC_KEY: 'AAAA',
      VAPID_PRIVATE_KEY: vapid.privateKey,
      VAPID_SUBJECT: vapid.subject,
    };
    expect(() => loadConfig({ MONGODB_URI: uri, ...keys })).toThrow(/VAPID_.*public key is not 65 bytes/s);
  });

  test('webhook endpoints are checked, and their secrets are not repeated', () => {
    const webhooks = JSON.stringify({ crm: { url: 'http://crm.example.com', secret: 'whsec_short' } });
    const load = () => loadConfig({ MONGODB_URI: uri, SEGUE_WEBHOOKS: webhooks });
    expect(load).toThrow(/SEGUE_WEBHOOKS/);
    expect(load).toThrow(expect.not.objectContaining({ message: expect.stringContaining('whsec_short') }));
  });

  test.each([
    [{ SEGUE_OIDC_ISSUER: 'https://id.example.com' }, /SEGUE_OIDC_CLIENT_ID together|together/],
    [
      { SEGUE_OIDC_ISSUER: 'http://id.example.com', SEGUE_OIDC_CLIENT_ID: 'a' },
      /SEGUE_OIDC_ISSUER: Expected an https/,
    ],
    [{ SEGUE_OIDC_ROLES: '{"a": "owner"}' }, /SEGUE_OIDC_ROLES/],
    [{ ZENDESK_APP_PUBLIC_KEY: 'a key' }, /ZENDESK_APP_PUBLIC_KEY: Expected a public key as PEM/],
    [{ ZENDESK_APP_AUDIENCES: 'https://a.zendesk.com/1' }, /together, got only ZENDESK_APP_AUDIENCES/],
    [{ SEGUE_TRUST_PROXY: 'true' }, /SEGUE_TRUST_PROXY: Expected "off"/],
    [{ SEGUE_SECRET_KEY: 'short' }, /SEGUE_SECRET_KEY: Expected 32 bytes as base64, got another value/],
  ])('%j is refused', (env, problem) => {
    expect(() => loadConfig({ MONGODB_URI: uri, ...env })).toThrow(problem);
  });
});
