import { type Channel, type ChannelDefinition, RetryableSendError } from '../channel/channel.js';
import { addressGone, notConfigured, rejected } from '../channel/not-sent.js';
import { askProvider, refusesForGood } from '../http/ask-provider.js';
import type { StaffChannelOptions } from './staff-channel.js';

export const TEAMS_DEFINITION: ChannelDefinition = {
  id: 'teams',
  name: 'Microsoft Teams',
  addressKind: 'room',
  needs: ['subject'],
  fields: ['subject', 'link'],
};

function cardOf({
  subject,
  text,
  link,
}: {
  subject: string;
  text: string;
  link: string | undefined;
}): object {
  const block = (words: string, more: object) => ({ type: 'TextBlock', text: words, wrap: true, ...more });
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      block(subject, { weight: 'Bolder', size: 'Medium' }),
      ...(text.trim() === '' ? [] : [block(text, {})]),
    ],
    ...(link === undefined
      ? {}
      : { actions: [{ type: 'Action.OpenUrl', title: 'Open in Segue', url: link }] }),
  };
}

/**
 * Notices to colleagues over a webhook of Teams' Workflows ("post to a channel when a webhook request is received"),
 * as an adaptive card. There is no idempotency key, so a notice whose answer was lost may stand there twice.
 */
export function createTeamsChannel({ webhookUrl, timeoutMs = 15_000 }: StaffChannelOptions): Channel {
  return {
    definition: TEAMS_DEFINITION,
    async send({ subject = '', text, link }) {
      if (webhookUrl === null) return notConfigured('no Teams webhook');
      if (subject.trim() === '') return rejected('no subject');
      const answer = await askProvider({
        channel: 'teams',
        provider: 'Teams',
        url: webhookUrl,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          type: 'message',
          attachments: [
            {
              contentType: 'application/vnd.microsoft.card.adaptive',
              contentUrl: null,
              content: cardOf({ subject, text, link }),
            },
          ],
        }),
        timeoutMs,
      });
      if (answer.ok) return { status: 'sent', providerMessageId: 'teams' };
      const reason = `Teams answered HTTP ${answer.status}`;
      if (answer.status === 410 || answer.status === 404) return addressGone(reason);
      if (refusesForGood(answer)) return rejected(reason);
      throw new RetryableSendError('teams', reason, { retryAfterMs: answer.retryAfterMs });
    },
    close: async () => undefined,
  };
}
