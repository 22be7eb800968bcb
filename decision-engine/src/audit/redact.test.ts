import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact } from './redact.js';

describe('redact', () => {
  test.each([
    'password',
    'newPassword',
    'secret',
    'clientSecret',
    'token',
    'authToken',
    'apiKey',
    'api_key',
    'key',
    'code',
    'smtpUrl',
    'privateKey',
  ])('keeps nothing of %s, however deep', (name) => {
    const kept = JSON.stringify(redact({ a: [{ [name]: 'hunter2', n: 1 }], [name]: { inside: 'hunter2' } }));
    expect(kept).not.toContain('hunter2');
    expect(kept).toContain('"n":1');
  });

  test('keeps how many customers a call named, not which, and nobody a test was sent to', () => {
    const list = { segmentId: 'vip', ids: ['ada@example.com', '+491701234567'], change: 'add' };
    expect(redact(list)).toEqual({ segmentId: 'vip', ids: '(2, not kept)', change: 'add' });
    expect(redact({ channel: 'sms', to: '+491701234567' })).toEqual({ channel: 'sms', to: '(not kept)' });
    expect(redact({ to: 7 })).toEqual({ to: 7 });
  });

  test('keeps what is no secret', () => {
    expect(redact({ keyId: 'k1', codes: 3, at: new Date(0), hasPassword: true, no: undefined })).toEqual({
      keyId: 'k1',
      codes: 3,
      at: '1970-01-01T00:00:00.000Z',
      hasPassword: true,
    });
  });

  test('replaces what is very long by its length', () => {
    expect(redact({ text: 'x'.repeat(10_000) })).toEqual({ tooLong: expect.stringContaining('characters') });
  });

  test('keeps names the database refuses in another spelling', () => {
    const kept = redact({ $set: 1, 'a.b': 2, 'n\u0000l': 3, inside: { _bsontype: 'Long' } });
    expect(kept).toEqual({ '＄set': 1, 'a．b': 2, 'n␀l': 3, inside: { '＿bsontype': 'Long' } });
  });

  test('whatever comes, it is JSON again without names the database refuses', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const names: string[] = [];
        JSON.stringify(redact(value), (name: string, each: unknown) => {
          names.push(name);
          return each;
        });
        expect(names.filter((name) => name.startsWith('$') || name.includes('.'))).toEqual([]);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
