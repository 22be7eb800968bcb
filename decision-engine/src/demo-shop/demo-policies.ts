import type { PoliciesInput } from '../policy/policies.js';

/** The demo shop's rules of contact, as a new installation finds them. Parse them with `parsePolicies`. */
export const DEMO_POLICIES: PoliciesInput = {
  computedTraits: [
    {
      traitId: 'orders90Days',
      name: 'Orders in 90 days',
      events: ['Order Completed'],
      within: '90d',
      compute: 'count',
    },
    {
      traitId: 'largestOrder',
      name: 'Largest order',
      events: ['Order Completed'],
      compute: 'maximum',
      property: 'total',
    },
    {
      traitId: 'favouriteCategory',
      name: 'Buys most often from',
      events: ['Order Completed'],
      compute: 'mostFrequent',
      property: 'products.category',
    },
  ],
  contact: {
    limits: [
      {
        name: 'At most 2 promotional e-mails a week',
        appliesTo: { classes: ['promotional'], channels: ['email'] },
        max: 2,
        window: '7d',
      },
      {
        name: 'At most 1 promotional text message in 2 weeks',
        appliesTo: { classes: ['promotional'], channels: ['sms'] },
        max: 1,
        window: '14d',
      },
      {
        name: 'The same promotion at most 3 times in 30 days',
        appliesTo: { classes: ['promotional'] },
        per: 'action',
        max: 3,
        window: '30d',
      },
    ],
    cooldowns: [
      {
        name: 'A promotion that was rejected rests for 30 days',
        appliesTo: { classes: ['promotional'] },
        outcomes: ['rejected'],
        within: '30d',
        suppressFor: '30d',
      },
      {
        name: 'Two rejections of a group in 30 days rest it for 60 days',
        appliesTo: { classes: ['promotional'] },
        outcomes: ['rejected'],
        times: 2,
        within: '30d',
        suppressFor: '60d',
        per: 'group',
      },
      {
        name: 'What was accepted is not offered again for 14 days',
        outcomes: ['accepted', 'converted'],
        within: '14d',
        suppressFor: '14d',
      },
      { name: 'Later means tomorrow', outcomes: ['postponed'], within: '1d', suppressFor: '1d' },
    ],
    quietHours: [
      { name: 'No text messages at night', appliesTo: { channels: ['sms'] }, from: '21:00', to: '08:00' },
    ],
  },
  diversity: { maxPerGroup: 2 },
  company: { timeZone: 'Europe/London', costPerConversation: 6 },
};
