import { linksIn, replaceLinks } from '@segue/integrations';
import type { CustomerLinks } from '../links/customer-links.js';
import { withUtm } from './utm.js';

/** Longer addresses are left as they are: signed, they would be too long for some mail programs. */
const LONGEST_LINK = 1_500;

export type FollowedMessage = {
  readonly deliveryId: string;
  readonly actionId: string;
  readonly treatmentId: string;
};

/**
 * Leads the links of a message through the engine, each signed for exactly its address. Our own (to unsubscribe, surveys) stay as
 * they are.
 */
export async function followLinks(
  html: string,
  links: CustomerLinks,
  { deliveryId, actionId, treatmentId }: FollowedMessage,
): Promise<string> {
  const foreign = linksIn(html).filter(
    (url) => URL.canParse(url) && url.length <= LONGEST_LINK && !url.startsWith(`${links.publicUrl}/c/`),
  );
  const followed = await Promise.all(
    foreign.map(async (url): Promise<[string, string]> => {
      const target = withUtm(url, { campaign: actionId, content: treatmentId });
      return [url, await links.make('go', { deliveryId, url: target })];
    }),
  );
  return replaceLinks(html, new Map(followed));
}

/** The image by which opening a message is seen, at its end. */
export async function withOpenImage(html: string, links: CustomerLinks, deliveryId: string): Promise<string> {
  const image = `<img src="${await links.make('open', { deliveryId })}" width="1" height="1" alt="" style="display:block">`;
  return html.replace(/<\/body>(?![\s\S]*<\/body>)/i, `${image}</body>`);
}
