import type { ActionInput } from '../../catalogue/action.js';
import { express } from './express.js';

const NAME = '{{ customer.firstName | default: "there" }}';

/** Help and reading matter that sells nothing. */
export const CONTENT: readonly ActionInput[] = [
  express('care-tips', {
    name: 'Send care tips for what they bought',
    description: 'How to season the pan, wash the wool, oil the bench.',
    issue: 'content',
    startingPropensity: 0.12,
    treatments: {
      email: {
        title: 'How to make it last',
        subject: 'How to make your new things last',
        body: `Hello ${NAME},\n\na few minutes of care go a long way. Here is how to season a pan, wash wool and oil a bench.`,
      },
      web: { title: 'How to make it last', body: 'Short guides for the things you bought.' },
    },
  }),
  express('style-and-size-guide', {
    name: 'Point to the size guide',
    description: 'Saves returns of shoes and jackets.',
    issue: 'content',
    startingPropensity: 0.18,
    fallback: true,
    treatments: {
      agent: {
        title: 'Size guide',
        body: 'Measurements for shoes, jackets and packs.',
        talkTrack:
          'We have measured everything ourselves. I’ll send you the size guide, it tells you which ones come up small.',
      },
      web: {
        title: 'Which size fits?',
        body: 'We measured them ourselves: what comes up small, and what doesn’t.',
      },
    },
  }),
  express('terms-update', {
    name: 'Tell them about the new terms',
    description: 'Required by law; goes to everyone once.',
    issue: 'legal',
    startingPropensity: 0.02,
    limits: { contactsPerCustomer: 1 },
    treatments: {
      email: {
        title: 'Our terms are changing',
        subject: 'Our terms of sale change next month',
        body: `Hello ${NAME},\n\nour terms of sale change next month: you have 60 days instead of 30 to return things. You needn’t do anything.`,
      },
    },
  }),
];
