import type { ActionInput } from '../../catalogue/action.js';
import { express } from './express.js';

const NAME = '{{ customer.firstName | default: "there" }}';

export const RETENTION: readonly ActionInput[] = [
  express('we-miss-you', {
    name: 'Say that we miss them',
    description: 'A short note without an offer, for customers who have not ordered for two months.',
    issue: 'retention',
    startingPropensity: 0.02,
    limits: { contactsPerCustomer: 4 },
    treatments: {
      email: {
        title: 'A note to someone we miss',
        subject: 'It has been a while',
        body: `Hello ${NAME},\n\nyou haven’t been in for a while. There is a lot of new stock, and we would be glad to see you again.\n\nYour team at the shop`,
      },
      sms: {
        title: 'It has been a while',
        body: 'It has been a while! New things are in, come and have a look: shop.example.com. Text STOP to end.',
      },
    },
  }),
  express('welcome-back-15', {
    name: 'Offer 15% off the next order',
    description: 'For customers who have not ordered for two months. Valid for 14 days.',
    issue: 'retention',
    startingPropensity: 0.1,
    limits: { acceptancesPerCustomer: 3 },
    contextWeights: [
      { name: 'Likely to leave', when: { field: 'scores.churn', op: 'gte', value: 0.6 }, percent: 40 },
    ],
    treatments: {
      agent: {
        title: '15% off to come back',
        body: '15% off the next order, valid for 14 days.',
        talkTrack:
          'By the way, you haven’t ordered for a while. If you like, I’ll put 15% off on your account, good for two weeks.',
      },
      email: {
        title: '15% off, just for you',
        subject: '15% off for your next order',
        body: `Hello ${NAME},\n\nwelcome back! Your next order is 15% cheaper. Order within 14 days; the discount comes off by itself at checkout.`,
      },
      web: {
        title: 'Welcome back: 15% off today',
        body: 'Good to see you again. Take 15% off your next order, for 14 days.',
      },
      sms: {
        title: '15% off your next order',
        body: '15% off your next order, for 14 days: shop.example.com/back. Text STOP to end.',
      },
    },
  }),
  express('loyalty-points-500', {
    name: 'Give 500 points as a thank you',
    description: '500 points, worth 5 pounds, for staying with us.',
    issue: 'retention',
    startingPropensity: 0.08,
    limits: { acceptancesPerCustomer: 2 },
    treatments: {
      agent: {
        title: '500 points as a thank you',
        body: '500 points, worth £5.',
        talkTrack:
          'Thank you for being with us. I’d like to add 500 points to your account, that’s five pounds off whenever you like. Shall I?',
      },
      email: {
        title: '500 points for you',
        subject: 'A thank you: 500 points',
        body: `Hello ${NAME},\n\nthank you for shopping with us. Collect 500 points (worth £5) with one click, and use them on any order.`,
      },
      web: {
        title: '500 points are waiting',
        body: 'Collect 500 points, worth £5, and use them on any order.',
      },
    },
  }),
];
