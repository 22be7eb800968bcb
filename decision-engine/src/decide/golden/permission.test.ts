import { actionOf, channel, DENIED, GRANTED, on } from '../../testing/decision-fixtures.js';
import { goldenDecisions } from '../../testing/golden-decision.js';

const mail = on('email', actionOf('mail'));
const parcel = on('email', actionOf('parcel', { class: 'transactional', group: 'orders' }));
const recall = on('email', actionOf('recall', { class: 'mandatory', group: 'safety' }));
const email = ['email'];

goldenDecisions('consent and suppression', [
  {
    name: 'no word about e-mail',
    because: 'promotional e-mail needs an opt-in, and silence is none',
    actions: [mail],
    input: { channels: email, profile: { consent: {} } },
    chosen: [],
    stopped: { mail: ['consent: consent'] },
  },
  {
    name: 'no word about web',
    because: 'on the shop’s own page an offer may be shown until the customer says no',
    actions: [on('web', actionOf('banner'))],
    input: { channels: ['web'], profile: { consent: {} } },
    chosen: ['banner'],
  },
  {
    name: 'marketing denied on web',
    because: 'the customer said no there',
    actions: [on('web', actionOf('banner'))],
    input: { channels: ['web'], profile: { consent: { web: { marketing: DENIED } } } },
    chosen: [],
    stopped: { banner: ['consent: consent'] },
  },
  {
    name: 'consent for e-mail and not for SMS',
    because: 'a yes on one channel is no yes on another; the mail goes out, the text does not',
    actions: [
      actionOf('offer', {
        treatments: [
          { treatmentId: 'sms', channel: 'sms', title: 'Text' },
          { treatmentId: 'email', channel: 'email', title: 'Mail' },
        ],
      }),
    ],
    input: {
      channels: ['sms', 'email'],
      profile: { consent: { email: { marketing: GRANTED } } },
      propensities: { 'offer/sms': 0.9 },
    },
    chosen: ['offer/email'],
    stopped: { 'offer/sms': ['consent: consent'] },
  },
  {
    name: 'a channel nobody set a rule for',
    because: 'an unlisted channel is treated as opt-in, the careful reading',
    actions: [on('pigeon', actionOf('note'))],
    input: { channels: ['pigeon'] },
    chosen: [],
    stopped: { note: ['consent: consent'] },
  },
  {
    name: 'marketing denied, parcel late',
    because: 'the message about the customer’s own parcel needs no marketing consent',
    actions: [mail, parcel],
    input: { channels: email, profile: { consent: { email: { marketing: DENIED } } } },
    chosen: ['parcel'],
    stopped: { mail: ['consent: consent'], parcel: [] },
  },
  {
    name: 'service messages denied',
    because: 'the customer wants no e-mail about orders either',
    actions: [parcel],
    input: { channels: email, profile: { consent: { email: { service: DENIED } } } },
    chosen: [],
    stopped: { parcel: ['consent: consent'] },
  },
  {
    name: 'everything denied, product recalled',
    because: 'a safety recall must be told whatever was denied',
    actions: [mail, parcel, recall],
    input: { channels: email, profile: { consent: { email: { marketing: DENIED, service: DENIED } } } },
    chosen: ['recall'],
  },
  {
    name: 'unsubscribed by law from e-mail',
    because: 'legal suppression stops everything there, recall included',
    actions: [mail, parcel, recall],
    input: {
      channels: email,
      profile: { suppressions: [{ kind: 'legal', channel: channel('email'), reason: 'hard unsubscribe' }] },
    },
    chosen: [],
    stopped: { recall: ['suppression: suppression'], parcel: ['suppression: suppression'] },
  },
  {
    name: 'STOP by SMS',
    because: 'it closes SMS and nothing else; the mail still goes',
    actions: [on('sms', actionOf('text')), mail],
    input: {
      channels: ['sms', 'email'],
      profile: { suppressions: [{ kind: 'legal', channel: channel('sms'), reason: 'STOP' }] },
      propensities: { text: 0.9 },
    },
    chosen: ['mail'],
    stopped: { text: ['suppression: suppression'] },
  },
  {
    name: 'objection to direct marketing',
    because: 'it holds for promotional actions on every channel, and for nothing else',
    actions: [mail, on('web', actionOf('banner')), parcel],
    input: {
      channels: ['email', 'web'],
      profile: { suppressions: [{ kind: 'legal', classes: ['promotional'], reason: 'objection, Art. 21' }] },
    },
    chosen: ['parcel'],
    stopped: { mail: ['suppression: suppression'], banner: ['suppression: suppression'] },
  },
  {
    name: 'a pause the customer asked for',
    because: 'it spares mandatory actions only',
    actions: [mail, parcel, recall],
    input: {
      channels: email,
      profile: {
        suppressions: [{ kind: 'pause', reason: 'on holiday', until: new Date('2026-12-01T00:00:00Z') }],
      },
    },
    chosen: ['recall'],
    stopped: { mail: ['suppression: suppression'], parcel: ['suppression: suppression'], recall: [] },
  },
  {
    name: 'a pause that ended this very second',
    because: 'until noon means that at noon it is over',
    actions: [mail],
    input: {
      channels: email,
      profile: {
        suppressions: [{ kind: 'pause', reason: 'on holiday', until: new Date('2026-11-22T12:00:00Z') }],
      },
    },
    chosen: ['mail'],
  },
  {
    name: 'consent that was withdrawn and a suppression at once',
    because: 'both are recorded, so that nobody lifts one and thinks it is done',
    actions: [mail],
    input: {
      channels: email,
      profile: {
        consent: { email: { marketing: DENIED } },
        suppressions: [{ kind: 'legal', reason: 'erased' }],
      },
    },
    chosen: [],
    stopped: { mail: ['suppression: suppression', 'consent: consent'] },
  },
]);
