import { type Channel, type ChannelDefinition, RetryableSendError } from '../channel/channel.js';
import { addressGone, notConfigured, rejected } from '../channel/not-sent.js';
import { askProvider, refusesForGood } from '../http/ask-provider.js';
import type { StaffChannelOptions } from './staff-channel.js';

export const SLACK_DEFINITION: ChannelDefinition = {
  id: 'slack',
  name: 'Slack',
  addressKind: 'room',
  needs: ['subject'],
  fields: ['subject', 'link'],
};

/** Slack's markup reads these three; everything else is plain (docs: "Escaping text"). */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A section takes 3,000 characters. */
const SECTION = 2_900;

/**
 * Notices to colleagues over an incoming webhook of Slack, which settles the room. Slack has no idempotency key, so a
 * notice whose answer was lost may stand there twice.
 */
export function createSlackChannel({ webhookUrl, timeoutMs = 15_000 }: StaffChannelOptions): Channel {
  return {
    definition: SLACK_DEFINITION,
    async send({ subject = '', text, link }) {
      if (webhookUrl === null) return notConfigured('no Slack webhook');
      if (subject.trim() === '') return rejected('no subject');
      const title = link === undefined ? `*${escaped(subject)}*` : `*<${escaped(link)}|${escaped(subject)}>*`;
      const sections = [title, escaped(text).slice(0, SECTION)].filter((each) => each.trim() !== '');
      const answer = await askProvider({
        channel: 'slack',
        provider: 'Slack',
        url: webhookUrl,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          text: escaped(subject),
          blocks: sections.map((each) => ({ type: 'section', text: { type: 'mrkdwn', text: each } })),
        }),
        timeoutMs,
      });
      if (answer.ok) return { status: 'sent', providerMessageId: 'slack' };
      const reason = `Slack answered "${answer.text.slice(0, 80)}" (HTTP ${answer.status})`;
      if (answer.status === 410 || answer.status === 404) return addressGone(reason);
      if (refusesForGood(answer)) return rejected(reason);
      throw new RetryableSendError('slack', reason, { retryAfterMs: answer.retryAfterMs });
    },
    close: async () => undefined,
  };
}
