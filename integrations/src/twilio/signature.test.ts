import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isTwilioRequest } from './signature.js';

/** The example of Twilio's own documentation. */
const documented = {
  url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
  signature: 'GvWf1cFY/Q7PnoempGyD5oXAezc=',
  parameters: new URLSearchParams({
    To: '+18005551212',
    CallSid: 'CA1234567890ABCDE',
    Digits: '1234',
    Caller: '+14158675310',
    From: '+14158675310',
  }),
};
const TOKEN = '12345';
const sign = (text: string) => createHmac('sha1', TOKEN).update(text).digest('base64');

describe('isTwilioRequest', () => {
  it('accepts the documented request, whatever the order of its fields', () => {
    expect(isTwilioRequest(documented, TOKEN)).toBe(true);
  });

  it.each([
    ['another token', documented, '12346'],
    ['no token', documented, ''],
    ['another URL', { ...documented, url: 'https://mycompany.com/myapp.php?foo=1&bar=3' }, TOKEN],
    ['a changed field', { ...documented, parameters: new URLSearchParams({ Digits: '1235' }) }, TOKEN],
    [
      'an added field',
      { ...documented, parameters: new URLSearchParams([...documented.parameters, ['x', 'y']]) },
      TOKEN,
    ],
    ['no signature', { ...documented, signature: '' }, TOKEN],
  ])('refuses %s', (...[, request, token]) => {
    expect(isTwilioRequest(request, token)).toBe(false);
  });

  it('accepts the URL with and without the port of its scheme', () => {
    const parameters = new URLSearchParams();
    const signature = sign('https://segue.example/sms');
    expect(isTwilioRequest({ url: 'https://segue.example:443/sms', signature, parameters }, TOKEN)).toBe(
      true,
    );
    const withPort = sign('https://segue.example:443/sms');
    expect(
      isTwilioRequest({ url: 'https://segue.example/sms', signature: withPort, parameters }, TOKEN),
    ).toBe(true);
  });

  it('holds a JSON body against the hash in the URL', () => {
    const rawBody = '{"a":1}';
    const url = `https://segue.example/x?bodySHA256=${createHash('sha256').update(rawBody).digest('hex')}`;
    const request = { url, signature: sign(url), parameters: new URLSearchParams(), rawBody };
    expect(isTwilioRequest(request, TOKEN)).toBe(true);
    expect(isTwilioRequest({ ...request, rawBody: '{"a":2}' }, TOKEN)).toBe(false);
  });
});
