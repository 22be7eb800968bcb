import { html, type Markup } from './markup.js';
import type { Preference } from './preferences.js';

const CHANNELS: Readonly<Record<string, string>> = {
  email: 'E-mail',
  sms: 'Text messages (SMS)',
  whatsapp: 'WhatsApp',
  push: 'Messages to your phone (push)',
  webPush: 'Messages in your browser (push)',
};

/** Where a word came from, as the customer would say it. Others stand as they were told. */
const SOURCES: Readonly<Record<string, string>> = {
  identify: 'in your account',
  'consent manager': 'in the privacy settings of the site',
  'preference page': 'on this page',
  'one-click unsubscribe': 'with the unsubscribe button of your mail program',
  'unsubscribe page': 'on the page to unsubscribe',
  Unsubscribed: 'by unsubscribing',
  'Email Marked as Spam': 'by marking a message as spam',
};

export function channelWord(channel: string): string {
  return Object.hasOwn(CHANNELS, channel) ? (CHANNELS[channel] ?? channel) : channel;
}

/** "You said yes on 3 May 2026, in your account." */
export function saidWords({ said, on }: Preference): string {
  if (said === null) return on ? 'You have said nothing about this.' : 'You have not said yes to this.';
  const day = said.at.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const where = Object.hasOwn(SOURCES, said.source) ? SOURCES[said.source] : `(${said.source})`;
  return `You said ${said.state === 'granted' ? 'yes' : 'no'} on ${day} ${where}.`;
}

/** `ada@example.com` as it may be shown to whoever has the link: `a…@example.com`. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '…' : `${address.slice(0, 1)}…${address.slice(at)}`;
}

export const note = (text: string): Markup => html`<p class="note" role="status">${text}</p>`;
