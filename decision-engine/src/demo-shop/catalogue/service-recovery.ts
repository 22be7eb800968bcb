import type { ActionInput } from '../../catalogue/action.js';
import { express } from './express.js';

const NAME = '{{ customer.firstName | default: "there" }}';

/** Help comes before selling. */
const URGENT: NonNullable<ActionInput['contextWeights']> = [
  { name: 'The customer is upset', when: { field: 'sentiment', op: 'lt', value: -0.3 }, percent: 50 },
];

export const SERVICE_RECOVERY: readonly ActionInput[] = [
  express('late-parcel-express', {
    name: 'Send a replacement by express, free',
    description: 'The late order goes out again today by express, at our cost.',
    issue: 'service-recovery',
    startingPropensity: 0.5,
    contextWeights: URGENT,
    treatments: {
      agent: {
        title: 'Send it again by express',
        body: 'A new parcel leaves today and arrives tomorrow, free.',
        talkTrack:
          'I’m sorry it isn’t there yet. I can send the order again today by express, so that you have it tomorrow, at no cost. Is that all right?',
      },
      email: {
        title: 'We can send it again by express',
        subject: 'Your late parcel: shall we send it again?',
        body: `Hello ${NAME},\n\nyour parcel is late, and we are sorry. With one click we send it again by express, free of charge.`,
      },
    },
  }),
  express('late-parcel-credit', {
    name: 'Apologise with a £5 credit',
    description: 'For a parcel that is late but on its way.',
    issue: 'service-recovery',
    startingPropensity: 0.4,
    contextWeights: URGENT,
    treatments: {
      agent: {
        title: '£5 credit for the wait',
        body: '£5 credit on the account.',
        talkTrack:
          'I’m sorry about the wait. The parcel is on its way, and I’d like to put £5 on your account for the trouble.',
      },
      email: {
        title: '£5 for the wait',
        subject: 'Sorry your parcel is late',
        body: `Hello ${NAME},\n\nyour parcel is on its way but later than promised. We are sorry. Collect £5 for your next order with one click.`,
      },
      web: { title: 'Sorry about the wait', body: 'Your parcel is late. Collect £5 for your next order.' },
      sms: {
        title: 'Sorry, your parcel is late',
        body: 'Sorry, your parcel is late but on its way. £5 for your next order: shop.example.com/sorry',
      },
    },
  }),
  express('callback-today', {
    name: 'Offer a call back today',
    description: 'One person takes the case and calls within the day.',
    issue: 'service-recovery',
    startingPropensity: 0.35,
    contextWeights: URGENT,
    treatments: {
      agent: {
        title: 'Call back today',
        body: 'You keep the case and call back today.',
        talkTrack:
          'I don’t want you to have to write again. I’ll look into it myself and call you today. When suits you?',
      },
      email: {
        title: 'May we call you today?',
        subject: 'About your open question',
        body: `Hello ${NAME},\n\nyour question isn’t settled yet. May we call you today? Choose a time that suits you.`,
      },
      sms: {
        title: 'May we call you today?',
        body: 'Your question isn’t settled yet. May we call you today? Pick a time: shop.example.com/call',
      },
    },
  }),
  express('replace-or-refund', {
    name: 'Offer a replacement or the money back',
    description: 'No return needed; the customer chooses.',
    issue: 'service-recovery',
    startingPropensity: 0.55,
    contextWeights: URGENT,
    treatments: {
      agent: {
        title: 'Replace it or refund it',
        body: 'A new one tomorrow or the money back today; nothing to send back.',
        talkTrack:
          'That isn’t how it should arrive. I can send you a new one for tomorrow or give you the money back today, as you like. You needn’t send anything back.',
      },
      email: {
        title: 'A new one, or your money back',
        subject: 'How would you like us to put it right?',
        body: `Hello ${NAME},\n\nwe want to put this right. Choose with one click: a new one by express, or your money back. You needn’t send anything back.`,
      },
    },
  }),
];
