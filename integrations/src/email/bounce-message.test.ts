import { describe, expect, test } from 'vitest';
import { isAddressGone, readBounce } from './bounce-message.js';

const report = ({
  status = '5.1.1',
  action = 'failed',
  original = 'text/rfc822-headers',
  id = '<abc@example.com>',
} = {}) =>
  [
    'From: MAILER-DAEMON@mx.example.net',
    'To: shop@example.com',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'Message-ID: <not-this@example.com> could not be delivered.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.net',
    '',
    'Final-Recipient: rfc822; ada@example.com',
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550 5.1.1 <ada@example.com>:',
    '    User unknown',
    '',
    '--b',
    `Content-Type: ${original}`,
    '',
    'From: shop@example.com',
    'Message-ID:',
    ` ${id}`,
    '',
    'Message-ID: <in-the-body@example.com>',
    '--b--',
    '',
  ].join('\r\n');

describe('a mail that came back', () => {
  test.each(['text/rfc822-headers', 'message/rfc822'])(
    'names our message and says what became of it (%s)',
    async (original) => {
      expect(await readBounce(report({ original }))).toEqual({
        kind: 'reports',
        reports: [
          {
            messageId: '<abc@example.com>',
            recipient: 'ada@example.com',
            action: 'failed',
            status: '5.1.1',
            diagnostic: '550 5.1.1 <ada@example.com>: User unknown',
          },
        ],
      });
    },
  );

  test.each([
    ['an answer of a person', 'From: a@b\r\nSubject: Re: x\r\nIn-Reply-To: <abc@example.com>\r\n\r\nThanks'],
    ['a report without our message', report({ id: '' })],
    ['a report that says nothing known', report({ status: 'bad' })],
    ['nothing', ''],
    ['garbage', '\u0000\u0001--b\r\n\r\n'],
  ])('%s is no report', async (_name, source) => {
    expect(await readBounce(source)).toEqual({ kind: 'no-report' });
  });

  test.each([
    ['failed', '5.1.1', true],
    ['failed', '5.0.0', true],
    ['failed', '5.2.2', false],
    ['failed', '5.7.1', false],
    ['delayed', '4.4.7', false],
    ['failed', '4.4.7', false],
  ] as const)('%s %s: the address is gone: %s', (action, status, gone) => {
    expect(isAddressGone({ action, status })).toBe(gone);
  });
});
