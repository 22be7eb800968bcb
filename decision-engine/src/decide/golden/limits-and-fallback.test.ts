import { actionOf, contactOf, DENIED, on } from '../../testing/decision-fixtures.js';
import { goldenDecisions } from '../../testing/golden-decision.js';

const used = (contacts: number, acceptances: number, spent: number) =>
  new Map([['voucher', { contacts, acceptances, spent }]]);
const voucher = (limits: object) =>
  actionOf('voucher', { value: { type: 'fixed', amount: 30 }, cost: 5, limits });

goldenDecisions('caps and budgets', [
  {
    name: 'budget for one more',
    because: '995 of 1000 are spent and the voucher costs 5: exactly enough',
    actions: [voucher({ budget: 1_000 })],
    input: { usage: used(0, 199, 995) },
    chosen: ['voucher'],
  },
  {
    name: 'budget run out',
    because: '996 and 5 are more than 1000',
    actions: [voucher({ budget: 1_000 })],
    input: { usage: used(0, 199, 996) },
    chosen: [],
    stopped: { voucher: ['limits: budget'] },
  },
  {
    name: 'a budget spent to the last penny on something free',
    because: 'what costs nothing still stops when the budget is gone',
    actions: [actionOf('voucher', { limits: { budget: 1_000 } })],
    input: { usage: used(0, 200, 1_000) },
    chosen: [],
  },
  {
    name: 'the last voucher',
    because: '99 of 100 are taken',
    actions: [voucher({ totalAcceptances: 100 })],
    input: { usage: used(500, 99, 495) },
    chosen: ['voucher'],
  },
  {
    name: 'no voucher left',
    because: 'all 100 are taken',
    actions: [voucher({ totalAcceptances: 100 })],
    input: { usage: used(500, 100, 500) },
    chosen: [],
    stopped: { voucher: ['limits: acceptances in all'] },
  },
  {
    name: 'shown often enough',
    because: 'the test of 500 contacts is full',
    actions: [voucher({ totalContacts: 500 })],
    input: { usage: used(500, 10, 50) },
    chosen: [],
    stopped: { voucher: ['limits: contacts in all'] },
  },
  {
    name: 'accepted by this customer before',
    because: 'one voucher each',
    actions: [voucher({ acceptancesPerCustomer: 1 }), actionOf('other')],
    input: {
      profile: {
        contactHistory: [contactOf('voucher', { outcome: 'accepted', at: new Date('2025-01-01T00:00:00Z') })],
      },
      propensities: { voucher: 0.9 },
    },
    chosen: ['other'],
    stopped: { voucher: ['limits: acceptances per customer'] },
  },
  {
    name: 'shown to this customer three times',
    because: 'three times is enough for anybody',
    actions: [voucher({ contactsPerCustomer: 3 })],
    input: {
      profile: { contactHistory: ['1', '2', '3'].map((decisionId) => contactOf('voucher', { decisionId })) },
    },
    chosen: [],
    stopped: { voucher: ['limits: contacts per customer'] },
  },
]);

const hello = actionOf('hello', { fallback: true, group: 'service', value: { type: 'fixed', amount: 1 } });

goldenDecisions('fallback and none', [
  {
    name: 'something better is left',
    because: 'a fallback is for when nothing else is, however likely it is',
    actions: [actionOf('offer'), hello],
    input: { propensities: { offer: 0.01, hello: 0.99 } },
    chosen: ['offer'],
    stopped: { hello: ['fallback: fallback'] },
  },
  {
    name: 'all others out',
    because: 'the offer ended, so the fallback steps in',
    actions: [actionOf('offer', { endsAt: '2026-01-01T00:00:00Z' }), hello],
    chosen: ['hello'],
    fallback: true,
  },
  {
    name: 'all others out, the fallback not allowed either',
    because: 'a fallback obeys consent like everything else: nothing is the answer',
    actions: [on('email', actionOf('offer')), on('email', hello)],
    input: { channels: ['email'], profile: { consent: { email: { marketing: DENIED } } } },
    chosen: [],
    stopped: { offer: ['consent: consent'], hello: ['consent: consent'] },
  },
  {
    name: 'a fallback does not fill the second slot',
    because: 'one good action is better than one good and one filler',
    actions: [actionOf('offer'), hello],
    input: { context: { slots: 2 } },
    chosen: ['offer'],
  },
  {
    name: 'no action on this channel',
    because: 'nothing in the catalogue can be shown on the web',
    actions: [actionOf('offer')],
    input: { channels: ['web'] },
    chosen: [],
  },
  {
    name: 'an empty catalogue',
    because: 'there is nothing to choose from',
    actions: [],
    chosen: [],
  },
  {
    name: 'everything below the least priority falls to the fallback',
    because: 'the offer is too unlikely, so the fallback is all that is left',
    actions: [actionOf('offer'), hello],
    policies: { ranking: { minimumPropensity: 0.05 } },
    input: { propensities: { offer: 0.01, hello: 0.5 } },
    chosen: ['hello'],
    fallback: true,
    stopped: { offer: ['arbitration: least propensity'] },
  },
]);
