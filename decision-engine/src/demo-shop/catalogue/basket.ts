import type { ActionInput } from '../../catalogue/action.js';
import { express } from './express.js';

const NAME = '{{ customer.firstName | default: "there" }}';

export const BASKET: readonly ActionInput[] = [
  express('basket-reminder', {
    name: 'Remind them of the open basket',
    description: 'No offer: only that the basket is still there.',
    issue: 'cross-sell',
    startingPropensity: 0.16,
    treatments: {
      email: {
        title: 'Your basket is still there',
        subject: 'You left something in your basket',
        body: `Hello ${NAME},\n\nwe kept your basket for you. It stays for two weeks: shop.example.com/basket.`,
      },
      web: { title: 'Your basket is still there', body: 'Pick up where you left off.' },
      sms: {
        title: 'Your basket is still there',
        body: 'We kept your basket for you: shop.example.com/basket. Text STOP to end.',
      },
    },
  }),
  express('basket-free-delivery', {
    name: 'Offer free delivery on the open basket',
    description: 'Worth most on small baskets, which pay £4.50 otherwise.',
    issue: 'cross-sell',
    startingPropensity: 0.22,
    treatments: {
      agent: {
        title: 'Free delivery on the open basket',
        body: 'No delivery charge on what is in the basket.',
        talkTrack:
          'I can see there’s something in your basket. If you order today, delivery is on us. Shall I set that up?',
      },
      email: {
        title: 'Delivery is on us',
        subject: 'Free delivery on your basket',
        body: `Hello ${NAME},\n\norder what is in your basket and we deliver it free of charge: shop.example.com/basket.`,
      },
      web: { title: 'Delivery is on us', body: 'Order your basket today, without a delivery charge.' },
      sms: {
        title: 'Free delivery on your basket',
        body: 'Free delivery on your basket, today: shop.example.com/basket. Text STOP to end.',
      },
    },
  }),
  express('basket-10-off', {
    name: 'Offer 10% off the open basket',
    description: 'Worth most on large baskets. Some customers learn to wait for it.',
    issue: 'cross-sell',
    startingPropensity: 0.28,
    limits: { acceptancesPerCustomer: 4 },
    treatments: {
      agent: {
        title: '10% off the open basket',
        body: '10% off what is in the basket.',
        talkTrack:
          'There’s still something in your basket. I can take 10% off if you’d like to order it today.',
      },
      email: {
        title: '10% off your basket',
        subject: '10% off what you left in your basket',
        body: `Hello ${NAME},\n\nstill thinking it over? Here is 10% off your basket, until tomorrow night: shop.example.com/basket.`,
      },
      web: { title: '10% off your basket', body: 'Order what is in your basket today, 10% cheaper.' },
      sms: {
        title: '10% off your basket',
        body: '10% off your basket until tomorrow: shop.example.com/basket. Text STOP to end.',
      },
    },
  }),
];
