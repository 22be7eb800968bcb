import { afterEach, describe, expect, it } from 'vitest';
import type { OutboundMessage } from '../channel/channel.js';
import { describeChannelContract } from '../testing/channel-contract.js';
import { type SmtpRecorder, startSmtpRecorder } from '../testing/smtp-recorder.js';
import { createEmailChannel } from './email-channel.js';

const from = 'The Shop <shop@segue.example>';
const message: OutboundMessage = {
  deliveryId: 'delivery-1',
  to: 'ann@example.org',
  subject: 'Your basket',
  text: 'Hello Ann',
};

const REFUSALS = {
  accepts: undefined,
  'refuses-for-good': { code: 550, text: 'No such mailbox' },
  'refuses-for-now': { code: 450, text: 'Try again later' },
  unreachable: undefined,
} as const;

describeChannelContract('e-mail', {
  message,
  impossible: { ...message, to: 'not an address' },
  async open(behaviour) {
    if (behaviour === undefined) {
      return { channel: createEmailChannel({ smtpUrl: null, from }), close: async () => undefined };
    }
    const server = await startSmtpRecorder(REFUSALS[behaviour]);
    if (behaviour === 'unreachable') await server.close();
    const channel = createEmailChannel({ smtpUrl: server.url, from, timeoutMs: 2_000 });
    return { channel, close: behaviour === 'unreachable' ? async () => undefined : server.close };
  },
});

describe('createEmailChannel', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  async function sendThrough(messages: readonly OutboundMessage[]): Promise<SmtpRecorder> {
    const server = await startSmtpRecorder();
    const channel = createEmailChannel({ smtpUrl: server.url, from });
    closers.push(channel.close, server.close);
    for (const each of messages) await channel.send(each);
    return server;
  }

  it('sends a text part and an HTML part made from it', async () => {
    const { mails } = await sendThrough([
      { ...message, text: 'Hello <Ann>\n\nhttps://shop.example/?a=1&b=2.' },
    ]);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({ from: 'shop@segue.example', to: ['ann@example.org'] });
    expect(mails[0]?.source).toMatch(/^Content-Type: multipart\/alternative/m);
    expect(mails[0]?.source).toMatch(/^From: The Shop <shop@segue.example>\r$/m);
    expect(mails[0]?.source).toContain('<p>Hello &lt;Ann&gt;</p>');
    expect(mails[0]?.source.replaceAll('=\r\n', '')).toContain(
      '>https://shop.example/?a=3D1&amp;b=3D2</a>.</p>',
    );
  });

  it('gives a delivery the same Message-ID each time it is sent', async () => {
    const odd = { ...message, deliveryId: 'run:1/step 2>\r\nX' };
    const { mails } = await sendThrough([message, message, odd]);
    const ids = mails.map(({ source }) => /^Message-ID: (.*)\r$/m.exec(source)?.[1]);
    expect(ids.slice(0, 2)).toEqual(['<delivery-1@segue.example>', '<delivery-1@segue.example>']);
    expect(ids[2]).toMatch(/^<[0-9a-f]{40}@segue\.example>$/);
  });

  it('carries the one-click unsubscribe headers for an HTTPS link', async () => {
    const unsubscribeUrl = `https://segue.example/u?token=${'a1'.repeat(100)}`;
    const { mails } = await sendThrough([{ ...message, unsubscribeUrl }]);
    const unfolded = mails[0]?.source.replaceAll(/\r\n[ \t]+/g, ' ');
    expect(unfolded).toContain(`List-Unsubscribe: <${unsubscribeUrl}>\r\n`);
    expect(unfolded).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
  });

  it('does not promise one-click for a link that is not HTTPS', async () => {
    const { mails } = await sendThrough([{ ...message, unsubscribeUrl: 'http://localhost:4000/u?token=x' }]);
    expect(mails[0]?.source).toContain('List-Unsubscribe: <http://localhost:4000/u?token=x>');
    expect(mails[0]?.source).not.toContain('List-Unsubscribe-Post');
  });

  it('keeps what customers and authors write out of the headers', async () => {
    const attack = 'Hello\r\nBcc: victim@example.org\r\n\r\nbody\u2028x';
    const { mails } = await sendThrough([
      { ...message, subject: attack, unsubscribeUrl: 'https://segue.example/u?x=\r\nBcc: v@example.org>' },
    ]);
    const head = mails[0]?.source.split('\r\n\r\n')[0]?.replaceAll(/\r\n[ \t]+/g, ' ') ?? '';
    expect(head).not.toMatch(/^Bcc/im);
    expect(head).toContain('Subject: Hello Bcc: victim@example.org body x');
    expect(mails[0]?.to).toEqual(['ann@example.org']);
  });

  it.each([
    'a@b.example, c@d.example',
    'Ann <a@b.example>',
    'a@b.example\r\nRCPT TO:<c@d.example>',
    'a b@c.example',
    '@c.example',
    '',
  ])('rejects the address %j', async (to) => {
    const server = await startSmtpRecorder();
    const channel = createEmailChannel({ smtpUrl: server.url, from });
    closers.push(channel.close, server.close);
    expect(await channel.send({ ...message, to })).toMatchObject({ status: 'rejected' });
    expect(server.mails).toEqual([]);
  });

  it('says what is wrong with its settings without repeating a password', () => {
    expect(() => createEmailChannel({ smtpUrl: 'http://u:secret@mail.example', from })).toThrow(
      /^Expected "SMTP_URL" to start with smtp:\/\/ or smtps:\/\/ and name a host$/,
    );
    expect(() => createEmailChannel({ smtpUrl: null, from: 'shop' })).toThrow(/got "shop"$/);
  });
});
