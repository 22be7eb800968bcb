import type { ActionInput } from '../../catalogue/action.js';
import { express } from './express.js';

const NAME = '{{ customer.firstName | default: "there" }}';

/** One offer per category, for those whom the category interests. */
export const CROSS_SELL: readonly ActionInput[] = [
  express('kitchen-week', {
    name: 'Show the kitchen week, 10% off',
    description: 'Pans, knives and baking things, 10% off.',
    issue: 'cross-sell',
    startingPropensity: 0.1,
    treatments: {
      agent: {
        title: 'Kitchen week: 10% off',
        body: '10% off everything for the kitchen.',
        talkTrack:
          'You cook, don’t you? Everything for the kitchen is 10% off this week. I can send you the link.',
      },
      email: {
        title: 'Kitchen week: 10% off',
        subject: 'Kitchen week: 10% off pans, knives and more',
        body: `Hello ${NAME},\n\nfor one week everything for the kitchen is 10% cheaper: the carbon steel pan, the chef’s knife, the stand mixer.`,
      },
      web: { title: 'Kitchen week', body: '10% off pans, knives and everything for baking.' },
    },
  }),
  express('garden-season', {
    name: 'Offer 10% off for the garden',
    description: 'Tools, seeds and beds, 10% off.',
    issue: 'cross-sell',
    startingPropensity: 0.09,
    treatments: {
      agent: {
        title: 'Garden things: 10% off',
        body: '10% off everything for the garden.',
        talkTrack:
          'If you are planning anything in the garden: tools and raised beds are 10% off just now. Shall I send you the list?',
      },
      email: {
        title: 'Ready for the garden?',
        subject: 'Garden tools and seeds, 10% off',
        body: `Hello ${NAME},\n\ntime to plant something. Tools, seed boxes and raised beds are 10% off.`,
      },
      web: { title: 'Everything for the garden', body: '10% off tools, seeds and raised beds.' },
    },
  }),
  express('outdoor-bundle', {
    name: 'Offer the outdoor bundle, 12% off',
    description: 'Tent, sleeping bag and stove together 12% cheaper.',
    issue: 'cross-sell',
    startingPropensity: 0.09,
    treatments: {
      agent: {
        title: 'Outdoor bundle: 12% off',
        body: 'Tent, sleeping bag and stove, 12% off together.',
        talkTrack:
          'If you are going out this season: tent, sleeping bag and stove together are 12% cheaper. Would that be something for you?',
      },
      email: {
        title: 'Pack once, save 12%',
        subject: 'Tent, sleeping bag, stove: 12% off together',
        body: `Hello ${NAME},\n\nthree things you want on a trip, 12% cheaper together: the two-person tent, the down sleeping bag and the camp stove.`,
      },
      web: { title: 'Out for the weekend?', body: 'Tent, sleeping bag and stove: 12% off together.' },
      sms: {
        title: 'Outdoor bundle: 12% off',
        body: 'Tent, sleeping bag, stove: 12% off together, this week. shop.example.com/out. Text STOP to end.',
      },
    },
  }),
  express('audio-upgrade', {
    name: 'Suggest better sound, 5% off',
    description: 'Headphones, speakers and the turntable, 5% off.',
    issue: 'cross-sell',
    startingPropensity: 0.06,
    treatments: {
      email: {
        title: 'Hear it properly',
        subject: 'Better sound, 5% off',
        body: `Hello ${NAME},\n\nthe wireless headphones, the shelf speakers and the turntable are 5% off. Try them for 30 days.`,
      },
      web: {
        title: 'Hear it properly',
        body: 'Headphones, speakers and the turntable: 5% off, 30 days to try.',
      },
    },
  }),
  express('toys-three-for-two', {
    name: 'Offer three toys for two',
    description: 'The cheapest of three toys is free.',
    issue: 'cross-sell',
    startingPropensity: 0.13,
    treatments: {
      agent: {
        title: 'Toys: three for two',
        body: 'Three toys for the price of two.',
        talkTrack: 'If there is a birthday coming up: you get three toys for the price of two just now.',
      },
      email: {
        title: 'Three for two',
        subject: 'Toys: three for the price of two',
        body: `Hello ${NAME},\n\npick three toys and the cheapest is free. The marble run and the soft fox are back in stock.`,
      },
      web: { title: 'Toys: three for two', body: 'Pick three, the cheapest is free.' },
      sms: {
        title: 'Toys: three for two',
        body: 'Three toys for the price of two, this week. shop.example.com/toys. Text STOP to end.',
      },
    },
  }),
  express('bedding-refresh', {
    name: 'Suggest new bedding',
    description: 'Linen bedding and wool blankets, without a discount.',
    issue: 'cross-sell',
    startingPropensity: 0.05,
    treatments: {
      email: {
        title: 'Sleep on linen',
        subject: 'New: linen bedding in four colours',
        body: `Hello ${NAME},\n\nour linen bedding is here in four new colours, with wool blankets to match.`,
      },
      web: {
        title: 'Sleep on linen',
        body: 'Linen bedding in four new colours, and wool blankets to match.',
      },
    },
  }),
];
