import type { RankedAction } from '../api/shapes/decision.js';
import { CONTENT_FORMATS, type PlacedContent } from '../api/shapes/placement.js';
import type { Profile } from '../customers/profile.js';
import type { Engine } from '../engine/engine.js';

/** A path of the page's own site, or http(s): nothing that a browser would run. */
function safeAddress(value: unknown): string | null {
  return typeof value === 'string' && /^(?:https?:\/\/[^/\s]|\/(?!\/))/i.test(value) ? value : null;
}

const words = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What a decided action shows on a page; null where its words ask for what isn't known. */
export async function placedContent(
  engine: Engine,
  { decisionId, action, profile }: { decisionId: string; action: RankedAction; profile: Profile },
): Promise<PlacedContent | null> {
  const { actionId } = action;
  const treatment = engine
    .rules()
    .action(actionId)
    ?.treatments.find(({ treatmentId }) => treatmentId === action.treatment.treatmentId);
  if (treatment === undefined) return null;
  const { title, body, attributes } = engine.write(treatment, profile);
  if (title === '' || (body === '' && treatment.body !== '')) return null;
  const link = safeAddress(attributes['link']);
  const format = CONTENT_FORMATS.find((each) => each === attributes['format']);
  return {
    token: await engine.links.placementToken({ decisionId, actionId }),
    actionId,
    treatmentId: treatment.treatmentId,
    format: format ?? null,
    title,
    body,
    link,
    button: link === null ? null : words(attributes['button']) || 'Have a look',
    image: safeAddress(attributes['image']),
    imageAlt: words(attributes['imageAlt']),
    offerCode:
      treatment.offer === undefined ? null : engine.offerCodes(profile.customerId, treatment.offer.offerId),
  };
}
