import type { LayoutVariables, PlainMessage } from './email-variables.js';

/** The plain-text part: the words, where they lead to, the survey's links, who writes and how to stop it. */
export function textPart(
  { text, link, button }: Pick<PlainMessage, 'text' | 'link' | 'button'>,
  { sender, links, survey }: LayoutVariables,
): string {
  const signature = [sender.name, sender.postalAddress].filter((part) => part !== '').join(', ');
  const parts = [
    text.trimEnd(),
    ...(link === '' ? [] : [`${button}: ${link}`]),
    ...(survey.answers.length === 0
      ? []
      : [survey.answers.map(({ score, url }) => `${score}: ${url}`).join('\n')]),
    [
      '-- ',
      ...(signature === '' ? [] : [signature]),
      ...(links.unsubscribe === '' ? [] : [`Unsubscribe: ${links.unsubscribe}`]),
      `What you get from us: ${links.preferences}`,
    ].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}
