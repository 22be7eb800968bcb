import { describe, expect, test } from 'vitest';
import { loadConfig } from './config.js';

const uri = 'mongodb://127.0.0.1:27017/segue';

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
      SEGUE_WEBHOOKS: JSON.stringify({
        crm: { url: 'https://crm.example.com/in', secret: `whsec_${'QUJD'.repeat(10)}` },
      }),
      LOG_LEVEL: 'debug',
      SEGUE_RATE_LIMIT: '88',
      SEGUE_DEMO: 'off',
      SEGUE_DEMO_LIVE: 'off',
      SEGUE_DEMO_CUSTOMERS: '77',
    });
    expect(config).toEqual({
      mongodbUri: uri,
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
      },
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

  test('webhook endpoints are checked, and their secrets are not repeated', () => {
    const webhooks = JSON.stringify({ crm: { url: 'http://crm.example.com', secret: 'whsec_short' } });
    const load = () => loadConfig({ MONGODB_URI: uri, SEGUE_WEBHOOKS: webhooks });
    expect(load).toThrow(/SEGUE_WEBHOOKS/);
    expect(load).toThrow(expect.not.objectContaining({ message: expect.stringContaining('whsec_short') }));
  });
});
