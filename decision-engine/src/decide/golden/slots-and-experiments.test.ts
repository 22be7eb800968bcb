import { bucketOf } from '../../experiments/assign-experiments.js';
import { actionOf, contactOf, on } from '../../testing/decision-fixtures.js';
import { goldenDecisions } from '../../testing/golden-decision.js';

/** The first key of a bucket below or above one half, so that a case can name its arm. */
function keyIn(salt: string, half: 'lower' | 'upper'): string {
  for (let number = 0; number < 1_000; number += 1) {
    const key = `customer-${number}`;
    if (bucketOf(key, salt) < 0.5 === (half === 'lower')) return key;
  }
  throw new Error(`Expected a key in the ${half} half of ${salt}`);
}

const everywhere = (actionId: string, ...channels: string[]) =>
  actionOf(actionId, {
    treatments: channels.map((name) => ({ treatmentId: name, channel: name, title: actionId })),
  });

goldenDecisions('slots, channels and placements', [
  {
    name: 'three slots, best first',
    because: 'by priority 5, 4 and 3',
    actions: [actionOf('a'), actionOf('b'), actionOf('c'), actionOf('d')],
    input: { context: { slots: 3 }, propensities: { a: 0.3, b: 0.5, c: 0.4, d: 0.2 } },
    chosen: ['b', 'c', 'a'],
  },
  {
    name: 'one of a group',
    because: 'the second of group "offers" gives way to the best of another group',
    actions: [actionOf('a'), actionOf('b'), actionOf('help', { group: 'service' })],
    policies: { diversity: { maxPerGroup: 1 } },
    input: { context: { slots: 2 }, propensities: { a: 0.5, b: 0.4, help: 0.1 } },
    chosen: ['a', 'help'],
  },
  {
    name: 'fewer actions than slots',
    because: 'diversity leaves one; the other slots stay empty',
    actions: [actionOf('a'), actionOf('b')],
    policies: { diversity: { maxPerIssue: 1 } },
    input: { context: { slots: 3 }, propensities: { a: 0.5, b: 0.4 } },
    chosen: ['a'],
  },
  {
    name: 'the same action on two channels',
    because: 'it is shown once, on the channel where it does best; the next slot is for another',
    actions: [everywhere('a', 'agent', 'web'), actionOf('b')],
    input: {
      channels: ['agent', 'web'],
      context: { slots: 2 },
      propensities: { 'a/agent': 0.5, 'a/web': 0.6, b: 0.1 },
    },
    chosen: ['a/web', 'b'],
  },
  {
    name: 'the next best channel',
    because: 'she reads mails and never texts: 0.3 against 0.1',
    actions: [everywhere('a', 'email', 'sms')],
    input: { channels: ['sms', 'email'], propensities: { 'a/email': 0.3, 'a/sms': 0.1 } },
    chosen: ['a/email'],
  },
  {
    name: 'the best channel capped',
    because: 'the mail of today is used, so the text goes although it does less',
    actions: [everywhere('a', 'email', 'sms')],
    policies: {
      contact: {
        limits: [{ name: 'a mail a day', appliesTo: { channels: ['email'] }, max: 1, window: '1d' }],
      },
    },
    input: {
      channels: ['sms', 'email'],
      profile: { contactHistory: [contactOf('x', { at: new Date('2026-11-22T08:00:00Z') })] },
      propensities: { 'a/email': 0.3, 'a/sms': 0.1 },
    },
    chosen: ['a/sms'],
    stopped: { 'a/email': ['contactPolicy: a mail a day'] },
  },
  {
    name: 'a treatment for another placement',
    because: 'the big banner does not fit the basket drawer',
    actions: [
      actionOf('a', {
        treatments: [
          { treatmentId: 'banner', channel: 'web', title: 'Banner', placements: ['home-banner'] },
          { treatmentId: 'line', channel: 'web', title: 'Line', placements: ['basket-drawer'] },
        ],
      }),
    ],
    input: {
      channels: ['web'],
      placement: 'basket-drawer',
      propensities: { 'a/banner': 0.9, 'a/line': 0.1 },
    },
    chosen: ['a/line'],
    stopped: { 'a/banner': ['channel: placement'] },
  },
  {
    name: 'a treatment in her language',
    because: 'she speaks German of Austria; the German words fit, the French don’t',
    actions: [
      actionOf('a', {
        treatments: [
          { treatmentId: 'de', channel: 'web', title: 'Hallo', language: 'de' },
          { treatmentId: 'fr', channel: 'web', title: 'Salut', language: 'fr' },
        ],
      }),
    ],
    input: { channels: ['web'], profile: { language: 'de-AT' }, propensities: { 'a/fr': 0.9 } },
    chosen: ['a/de'],
    stopped: { 'a/fr': ['language: language'] },
  },
]);

goldenDecisions('experiments and hold-outs', [
  {
    name: 'in the global hold-out',
    because: 'she gets no promotional action, and the service message all the same',
    actions: [
      on('web', actionOf('offer')),
      on('web', actionOf('parcel', { class: 'transactional', group: 'orders' })),
    ],
    policies: { globalHoldOut: { share: 0.5 } },
    input: {
      channels: ['web'],
      profile: { bucketingKey: keyIn('hold-out:global', 'lower') },
      propensities: { offer: 0.9 },
    },
    chosen: ['parcel'],
    stopped: { offer: ['experiment: global hold-out'] },
  },
  {
    name: 'outside the global hold-out',
    because: 'she is in the other half',
    actions: [actionOf('offer')],
    policies: { globalHoldOut: { share: 0.5 } },
    input: { profile: { bucketingKey: keyIn('hold-out:global', 'upper') } },
    chosen: ['offer'],
  },
  {
    name: 'in the control group of one action',
    because: 'that action is withheld, the next best is shown',
    actions: [actionOf('measured'), actionOf('other')],
    policies: {
      experiments: [
        {
          experimentId: 'x',
          variants: [{ variantId: 'control', withhold: ['measured'] }, { variantId: 'treated' }],
        },
      ],
    },
    input: { profile: { bucketingKey: keyIn('experiment:x', 'lower') }, propensities: { measured: 0.9 } },
    chosen: ['other'],
    stopped: { measured: ['experiment: control group'] },
  },
  {
    name: 'treated',
    because: 'the other half sees the measured action',
    actions: [actionOf('measured'), actionOf('other')],
    policies: {
      experiments: [
        {
          experimentId: 'x',
          variants: [{ variantId: 'control', withhold: ['measured'] }, { variantId: 'treated' }],
        },
      ],
    },
    input: { profile: { bucketingKey: keyIn('experiment:x', 'upper') }, propensities: { measured: 0.9 } },
    chosen: ['measured'],
  },
  {
    name: 'an experiment that is over',
    because: 'it ended yesterday, nothing is withheld any more',
    actions: [actionOf('measured'), actionOf('other')],
    policies: {
      experiments: [
        {
          experimentId: 'x',
          endsAt: '2026-11-21T12:00:00Z',
          variants: [{ variantId: 'control', withhold: ['measured'] }],
        },
      ],
    },
    input: { propensities: { measured: 0.9 } },
    chosen: ['measured'],
  },
  {
    name: 'a variant with its own ranking',
    because: 'this arm ranks by likelihood alone, so the unlikely treasure loses',
    actions: [actionOf('likely'), actionOf('treasure', { value: { type: 'fixed', amount: 1_000 } })],
    policies: {
      experiments: [
        {
          experimentId: 'x',
          variants: [{ variantId: 'likelihood', ranking: { factors: { value: false } } }],
        },
      ],
    },
    input: { propensities: { likely: 0.3, treasure: 0.05 } },
    chosen: ['likely'],
  },
]);
