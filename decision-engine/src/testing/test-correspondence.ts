import { createEmailLayouts } from '@segue/integrations';
import type { EngineChannel } from '../channels/channel-registry.js';
import { createEmailComposer } from '../emails/compose-email.js';
import type { Engine } from '../engine/engine.js';
import { createCustomerLinks } from '../links/customer-links.js';
import { createLinkSigner } from '../links/link-signer.js';
import { createOfferCodes } from '../offers/offer-codes.js';
import type { Store } from '../store/store.js';

/** Shared, so that a suite compiles the default layout once. */
const LAYOUTS = createEmailLayouts();

export type TestCorrespondence = {
  readonly correspondence: Pick<Engine, 'links' | 'sender' | 'offerCodes'>;
  readonly composeEmail: EngineChannel['compose'];
};

/** Signed links and a sender for engines of tests, and e-mails as the product makes them. */
export function testCorrespondence(
  store: Store,
  {
    clock,
    publicUrl,
    rules,
    sender = {},
  }: Pick<Engine, 'clock' | 'rules'> & {
    readonly publicUrl: string;
    readonly sender?: Partial<Engine['sender']> | undefined;
  },
): TestCorrespondence {
  const correspondence = {
    offerCodes: createOfferCodes('the secret of the tests'),
    links: createCustomerLinks(createLinkSigner(store, clock), publicUrl),
    sender: {
      name: 'The Shop',
      postalAddress: '1 High Street, London',
      trackClicks: true,
      trackOpens: false,
      ...sender,
    },
  };
  return {
    correspondence,
    composeEmail: createEmailComposer({ ...correspondence, rules, layouts: LAYOUTS }),
  };
}
