import { WHATSAPP_WINDOW_MS } from '@segue/integrations';
import type { CustomerDocument } from '../customers/customer-document.js';
import type { StoredDelivery } from '../decisions/decision-document.js';
import type { Composed } from './channel-registry.js';
import { plainMessage } from './connect-channel.js';

/** `parameter1`, `parameter2` … in their order. */
function parametersIn(attributes: Readonly<Record<string, string | number | boolean>>): string[] {
  return Object.entries(attributes)
    .flatMap(([name, value]) => {
      const place = /^parameter([1-9]\d?)$/.exec(name)?.[1];
      return place === undefined ? [] : [{ place: Number(place), value: String(value) }];
    })
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}

/**
 * The approved template that the treatment's attributes name (`template`, `templateLanguage`, `parameter1` …), or, to
 * somebody who wrote within 24 hours, the treatment's own words.
 */
export function whatsAppMessage(
  delivery: StoredDelivery,
  { heardFrom = {} }: CustomerDocument,
  now: Date,
): Composed {
  const { attributes = {} } = delivery;
  const { template: name, templateLanguage = 'en' } = attributes;
  if (typeof name === 'string' && name !== '') {
    const parameters = parametersIn(attributes);
    const empty = parameters.findIndex((each) => each.trim() === '');
    if (empty >= 0)
      return { refused: `nothing is known to fill place ${empty + 1} of the template "${name}"` };
    return {
      ...plainMessage(delivery),
      template: { name, language: String(templateLanguage), parameters },
    };
  }
  const heard = heardFrom['whatsapp'];
  if (heard === undefined || now.getTime() - heard.getTime() >= WHATSAPP_WINDOW_MS) {
    return {
      refused:
        'WhatsApp takes free text only within 24 hours of the customer’s last message, and the treatment names no template',
    };
  }
  return plainMessage(delivery);
}
