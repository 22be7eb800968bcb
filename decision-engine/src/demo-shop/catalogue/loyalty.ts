import type { ActionInput } from '../../catalogue/action.js';
import { express } from './express.js';

const NAME = '{{ customer.firstName | default: "there" }}';

export const LOYALTY: readonly ActionInput[] = [
  express('join-plus', {
    name: 'Invite them to join Plus',
    description: 'Free delivery on every order and early sales for £25 a year.',
    issue: 'loyalty',
    startingPropensity: 0.02,
    limits: { acceptancesPerCustomer: 1, contactsPerCustomer: 6 },
    treatments: {
      agent: {
        title: 'Join Plus',
        body: 'Plus: free delivery on every order, early sales, £25 a year.',
        talkTrack:
          'You order quite often. With Plus every delivery is free and you get into the sales a day early, for £25 a year. Would you like to try it?',
      },
      email: {
        title: 'Plus: delivery is always free',
        subject: 'Free delivery on every order, all year',
        body: `Hello ${NAME},\n\nwith Plus every delivery is free and sales open a day earlier for you. £25 a year, and you can stop whenever you like.`,
      },
      web: {
        title: 'Plus: delivery is always free',
        body: 'Every order, all year, for £25. Stop whenever you like.',
      },
    },
  }),
  express('refer-a-friend', {
    name: 'Ask them to bring a friend',
    description: '£10 off for the friend, £3 for the customer.',
    issue: 'loyalty',
    startingPropensity: 0.03,
    limits: { contactsPerCustomer: 6 },
    treatments: {
      email: {
        title: 'Bring a friend',
        subject: '£10 for a friend, £3 for you',
        body: `Hello ${NAME},\n\nhappy with your order? Give a friend £10 off their first one, and get £3 yourself.`,
      },
      web: { title: 'Bring a friend', body: 'Your friend gets £10 off, you get £3.' },
    },
  }),
];
