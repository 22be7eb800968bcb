import { type CompiledTemplate, compileTemplate } from '@segue/integrations';
import type { Treatment } from '../catalogue/treatment.js';
import type { Profile } from '../customers/profile.js';
import type { OfferCodes } from '../offers/offer-codes.js';
import { computedValues } from './decision-profile-of.js';

export type TreatmentText = {
  readonly title: string;
  readonly subject: string;
  readonly body: string;
  readonly talkTrack: string | null;
  /** What else the treatment says, filled in; '' where its words ask for something that isn't known. */
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
};

type Facts = Readonly<Record<string, unknown>>;

/**
 * What a treatment may fill in: `customer.firstName` and every other trait, `customer.orders`, `customer.computed.…`, `channel`,
 * and what it is about: `context.order_id`.
 */
export function treatmentVariables(
  profile: Profile,
  channel: string,
  context: Facts,
): Readonly<Record<string, unknown>> {
  const computed = computedValues(profile.computed ?? {});
  return { customer: { ...profile.traits, orders: profile.totals.orders, computed }, channel, context };
}

/** `offer.code`, where the treatment makes an offer. */
export function offerVariables(
  { offer }: Treatment,
  { customerId }: Pick<Profile, 'customerId'>,
  offerCodes: OfferCodes | undefined,
): Facts {
  return offer === undefined || offerCodes === undefined
    ? {}
    : { offer: { code: offerCodes(customerId, offer.offerId) } };
}

export type TreatmentWriter = (treatment: Treatment, profile: Profile, context?: Facts) => TreatmentText;

/**
 * Fills a treatment's words in for a customer. Templates are compiled once. Words that ask for something that isn't
 * known are left out rather than shown half filled: an agent must never read out a placeholder.
 * @param offerCodes makes the codes of offers; without it words that show one are left out
 */
export function createTreatmentWriter(offerCodes?: OfferCodes): TreatmentWriter {
  const compiled = new Map<string, CompiledTemplate>();
  const fill = (source: string, variables: Readonly<Record<string, unknown>>): string => {
    if (!source.includes('{')) return source;
    const known = compiled.get(source) ?? compileTemplate(source, 'text');
    compiled.set(source, known);
    if (!known.ok) return '';
    const rendered = known.template.render(variables);
    return rendered.ok ? rendered.text : '';
  };
  return (treatment, profile, context = {}) => {
    const variables = {
      ...treatmentVariables(profile, treatment.channel, context),
      ...offerVariables(treatment, profile, offerCodes),
    };
    const talkTrack = treatment.talkTrack === undefined ? '' : fill(treatment.talkTrack, variables);
    return {
      title: fill(treatment.title, variables),
      subject: fill(treatment.subject ?? treatment.title, variables),
      body: fill(treatment.body, variables),
      talkTrack: talkTrack === '' ? null : talkTrack,
      attributes: Object.fromEntries(
        Object.entries(treatment.attributes).map(([name, value]) => [
          name,
          typeof value === 'string' ? fill(value, variables) : value,
        ]),
      ),
    };
  };
}
