import {
  compileTemplate,
  describeTemplateProblem,
  type EmailLayouts,
  type LayoutVariables,
  textPart,
} from '@segue/integrations';
import type { Action, ActionClass } from '../catalogue/action.js';
import type { Treatment } from '../catalogue/treatment.js';
import type { Composed, EngineChannel } from '../channels/channel-registry.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import { objectsToProfiling } from '../customers/objects-to-profiling.js';
import { profileOf } from '../customers/stored-profile.js';
import type { StoredDelivery } from '../decisions/decision-document.js';
import { offerVariables, treatmentVariables } from '../decisions/treatment-text.js';
import type { Engine } from '../engine/engine.js';
import { nestContext } from '../journeys/runtime/nest-context.js';
import type { LinkPayload } from '../links/customer-links.js';
import { followLinks, withOpenImage } from './follow-links.js';
import { suppressionOfAddress } from './suppressed-addresses.js';
import { surveyOf, surveyVariables } from './survey.js';

export type Composing = Pick<Engine, 'links' | 'sender' | 'rules' | 'offerCodes'> & {
  readonly layouts: EmailLayouts;
};

/** What a click on "unsubscribe" stops; null for what nobody can say no to. */
function purposeOf(actionClass: ActionClass): LinkPayload<'unsubscribe'>['purpose'] | null {
  switch (actionClass) {
    case 'promotional':
      return 'marketing';
    case 'transactional':
      return 'service';
    case 'mandatory':
      return null;
  }
}

type ToCompose = {
  readonly delivery: StoredDelivery;
  readonly customer: CustomerDocument;
  readonly action: Action;
  readonly treatment: Treatment;
};

async function layoutVariables(
  { links, sender }: Composing,
  { delivery, customer, action, treatment }: ToCompose,
): Promise<LayoutVariables> {
  const purpose = purposeOf(action.class);
  const { deliveryId } = delivery;
  const customerId = customer._id;
  return {
    sender: { name: sender.name, postalAddress: sender.postalAddress },
    links: {
      unsubscribe:
        purpose === null
          ? ''
          : await links.make('unsubscribe', { customerId, channel: 'email', purpose, deliveryId }),
      preferences: await links.make('preferences', { customerId }),
    },
    survey: await surveyVariables(surveyOf(treatment.attributes['survey']), links, deliveryId),
  };
}

type Filled = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly refused: string };

function fillAttribute(
  { treatment }: ToCompose,
  name: string,
  variables: Readonly<Record<string, unknown>>,
): Filled {
  const source = treatment.attributes[name];
  if (typeof source !== 'string') return { ok: true, text: '' };
  const compiled = compileTemplate(source, 'text');
  const filled = compiled.ok ? compiled.template.render(variables) : compiled;
  if (!filled.ok)
    return { ok: false, refused: `attribute "${name}": ${describeTemplateProblem(filled.problem)}` };
  return { ok: true, text: filled.text.trim() };
}

const ATTRIBUTES = ['link', 'button', 'image', 'imageAlt'] as const;

/** What a treatment says besides its words, filled in. Links and images have to be http(s) addresses. */
function attributesOf(
  toCompose: ToCompose,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<(typeof ATTRIBUTES)[number], string>> | { readonly refused: string } {
  const filled = { link: '', button: '', image: '', imageAlt: '' };
  for (const name of ATTRIBUTES) {
    const value = fillAttribute(toCompose, name, variables);
    if (!value.ok) return { refused: value.refused };
    if ((name === 'link' || name === 'image') && value.text !== '' && !/^https?:\/\/[^/]/i.test(value.text)) {
      return { refused: `attribute "${name}": expected an http or https address, got "${value.text}"` };
    }
    filled[name] = value.text;
  }
  return { ...filled, button: filled.button === '' ? 'Have a look' : filled.button };
}

/** A fact that is null is none: words that ask for it ask for something unknown. */
function known(facts: NonNullable<StoredDelivery['facts']>): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}

async function composeWith(composing: Composing, toCompose: ToCompose): Promise<Composed> {
  const { layouts, links, sender } = composing;
  const { delivery, customer, action, treatment } = toCompose;
  const { deliveryId, to, subject, text } = delivery;
  const own = treatmentVariables(profileOf(customer), 'email', nestContext(known(delivery.facts ?? {})));
  const offer = offerVariables(treatment, profileOf(customer), composing.offerCodes);
  const layout = await layoutVariables(composing, toCompose);
  const attributes = attributesOf(toCompose, { ...own, ...offer });
  if ('refused' in attributes) return attributes;
  const filled =
    treatment.mjml === undefined
      ? await layouts.renderPlain({ subject, heading: subject, text, ...attributes }, layout)
      : await layouts.render(treatment.mjml, { ...own, ...offer, ...layout });
  if (!filled.ok) return { refused: `its layout: ${describeTemplateProblem(filled.problem)}` };
  const followed = !objectsToProfiling(customer);
  const { actionId } = action;
  const { treatmentId } = treatment;
  let html = filled.text;
  if (followed && sender.trackClicks)
    html = await followLinks(html, links, { deliveryId, actionId, treatmentId });
  if (followed && sender.trackOpens) html = await withOpenImage(html, links, deliveryId);
  return {
    deliveryId,
    to,
    subject,
    text: textPart({ text, link: attributes.link, button: attributes.button }, layout),
    html,
    ...(layout.links.unsubscribe === '' ? {} : { unsubscribeUrl: layout.links.unsubscribe }),
  };
}

/**
 * Makes an e-mail of a delivery at the moment it leaves: the HTML part in the treatment's layout or the default one, the
 * plain-text part, who writes and how to stop it. Links are followed and opening is seen only where that is switched on and the
 * customer doesn't object to profiling.
 */
export function createEmailComposer(composing: Composing): EngineChannel['compose'] {
  return async (delivery, customer, { store }) => {
    const suppressed = await suppressionOfAddress(store, delivery.to, customer);
    if (suppressed !== null) return { refused: suppressed };
    const action = composing.rules().action(delivery.actionId);
    const treatment = action?.treatments.find(({ treatmentId, channel }) =>
      delivery.treatmentId === undefined ? channel === 'email' : treatmentId === delivery.treatmentId,
    );
    if (action === undefined || treatment === undefined) return { refused: 'the catalogue no longer has it' };
    return composeWith(composing, { delivery, customer, action, treatment });
  };
}
