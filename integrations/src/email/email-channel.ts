import { createTransport } from 'nodemailer';
import type { Channel, ChannelDefinition, OutboundMessage, SendResult } from '../channel/channel.js';
import { isEmailAddress } from './email-address.js';
import { messageIdFor } from './message-id.js';
import { parseSender, type Sender } from './sender.js';
import { toSmtpResult } from './smtp-failure.js';
import { textToHtml } from './text-to-html.js';
import { unsubscribeHeaders } from './unsubscribe-headers.js';

export const EMAIL_DEFINITION: ChannelDefinition = {
  id: 'email',
  name: 'E-mail',
  addressKind: 'email',
  needs: ['subject', 'text'],
  fields: ['subject', 'html', 'unsubscribeUrl'],
};

export type EmailChannelOptions = {
  /** `smtp://user:password@host:587` or `smtps://…`; without it nothing is sent, and each send says so. */
  readonly smtpUrl: string | null;
  /** The sender, `The Shop <shop@example.org>`. Its domain is also the domain of the Message-IDs. */
  readonly from: string;
  /** How long to wait for the server at each step, in milliseconds; 15,000 unless told. */
  readonly timeoutMs?: number;
};

const rejected = (reason: string): SendResult => ({ status: 'rejected', reason });

/** A header is one line; what a template or a customer's name brought in besides becomes a space. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

function compose(message: OutboundMessage, from: Sender) {
  const headers = message.unsubscribeUrl === undefined ? [] : unsubscribeHeaders(message.unsubscribeUrl);
  if (headers === undefined) return rejected('the unsubscribe link is no http(s) URL');
  if (!isEmailAddress(message.to))
    return rejected("the customer's e-mail address is not one that mail can be sent to");
  const subject = oneLine(message.subject ?? '');
  if (subject === '') return rejected('no subject');
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    from: { address: from.address, name: oneLine(from.name) },
    to: { address: message.to, name: '' },
    subject,
    text: message.text,
    html: message.html ?? textToHtml(message.text),
    messageId: messageIdFor(message.deliveryId, domain),
    headers: [...headers, { key: 'Auto-Submitted', value: 'auto-generated' }],
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/**
 * E-mail over SMTP: a text and an HTML part (made from the text where none is given), unsubscribe headers, a
 * Message-ID that names the delivery. Connections are kept and shared.
 * @throws RangeError if the sender's address is none, or `smtpUrl` no SMTP URL
 */
export function createEmailChannel({ smtpUrl, from, timeoutMs = 15_000 }: EmailChannelOptions): Channel {
  const sender = parseSender(from);
  if (smtpUrl !== null && !/^smtps?:\/\/[^/]/i.test(smtpUrl)) {
    // The value may hold a password, so it isn't repeated.
    throw new RangeError('Expected "SMTP_URL" to start with smtp:// or smtps:// and name a host');
  }
  const timeouts = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs };
  const transport =
    smtpUrl === null
      ? undefined
      : createTransport({
          url: smtpUrl,
          pool: true,
          maxConnections: 3,
          maxRequeues: 0,
          dnsTimeout: timeoutMs,
          ...timeouts,
        });

  return {
    definition: EMAIL_DEFINITION,
    async send(message) {
      if (!transport) return { status: 'not-configured', reason: 'no SMTP_URL' };
      const mail = compose(message, sender);
      if ('status' in mail) return mail;
      try {
        const info = await transport.sendMail(mail);
        return { status: 'sent', providerMessageId: info.messageId };
      } catch (error) {
        return toSmtpResult(error);
      }
    },
    async close() {
      transport?.close();
    },
  };
}
