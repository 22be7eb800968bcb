import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { isWebhookSecret, signWebhook } from './sign-webhook.js';

/** The example of the Standard Webhooks specification. */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const example = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: new Date(1_614_265_330_000),
  body: '{"test": 2432232314}',
};

describe('signWebhook', () => {
  it('signs the example of the specification as the specification does', () => {
    expect(signWebhook(example, [SECRET])).toEqual({
      'webhook-id': example.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('lets receivers with the old secret and those with the new one verify', () => {
    const fresh = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const now = { ...example, timestamp: new Date() };
    const headers = signWebhook(now, [fresh, SECRET]);
    expect(headers['webhook-signature'].split(' ')).toHaveLength(2);
    expect([fresh, SECRET].map((secret) => new Webhook(secret).verify(now.body, headers))).toEqual([
      { test: 2432232314 },
      { test: 2432232314 },
    ]);
    const stranger = new Webhook(Buffer.alloc(32, 8).toString('base64'));
    expect(() => stranger.verify(now.body, headers)).toThrow('No matching signature found');
  });

  it('asks for secrets of 24 to 64 bytes and never repeats one', () => {
    const short = `whsec_${Buffer.alloc(23).toString('base64')}`;
    expect([SECRET, short, SECRET.slice(6), 'whsec_###'].map(isWebhookSecret)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(() => signWebhook(example, [short])).toThrow(
      /^Expected each webhook secret to be "whsec_" and 24 to 64 bytes in base64$/,
    );
    expect(() => signWebhook(example, [])).toThrow(/got none/);
  });
});
