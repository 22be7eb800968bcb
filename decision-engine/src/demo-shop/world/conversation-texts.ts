import type { Draws } from '../chance/draws.js';
import { pick } from '../chance/pick.js';

export const TOPICS = [
  'late_parcel',
  'broken_item',
  'refund',
  'outage',
  'size_question',
  'product_question',
  'praise',
] as const;
export type Topic = (typeof TOPICS)[number];

export const AGENTS = [
  { id: 'ag-1', name: 'Mair' },
  { id: 'ag-2', name: 'Dominik' },
  { id: 'ag-3', name: 'Sunita' },
  { id: 'ag-4', name: 'Callum' },
] as const;

type Lines = {
  readonly calm: readonly string[];
  readonly angry: readonly string[];
  readonly reply: readonly string[];
};

const LINES: Record<Topic, Lines> = {
  late_parcel: {
    calm: [
      'Hi, my parcel was due yesterday and it isn’t here. Do you know where it is?',
      'Could you check on my delivery? The date has moved again.',
      'The tracking page hasn’t changed for two days. Is my order lost?',
    ],
    angry: [
      'Third day of waiting at home for a parcel that doesn’t come. Where is it?',
      'You promised Tuesday. It was a birthday present. I am really disappointed.',
      'Nobody tells me anything about my order. If it isn’t here tomorrow, cancel it.',
    ],
    reply: [
      'I’m sorry about the wait. I’m looking at the carrier’s scan now.',
      'Sorry, that shouldn’t happen. Give me a minute to find your parcel.',
    ],
  },
  broken_item: {
    calm: [
      'The lamp arrived with a crack in the base. What should I do?',
      'One of the parts was broken when I opened the box. I have a photo.',
      'It worked once and now it doesn’t switch on.',
    ],
    angry: [
      'It came in pieces. Did anyone look at this before sending it?',
      'Second broken one in a row. I want this sorted out today.',
      'This is rubbish, it broke on the first day.',
    ],
    reply: [
      'I’m sorry it arrived like that. A photo helps, if you have one.',
      'That isn’t right, sorry. Let me see how quickly we can put it right.',
    ],
  },
  refund: {
    calm: [
      'I sent my return back last week. When will I get the refund?',
      'The refund I got is less than I paid. Can you check?',
    ],
    angry: [
      'Two weeks since I sent it back and still no money. This is not OK.',
      'I’ve asked twice about my refund. Do I have to go to my bank?',
    ],
    reply: [
      'Let me look up the return. One moment.',
      'I’ll check with the warehouse whether it has been booked in.',
    ],
  },
  outage: {
    calm: [
      'Your site shows “back soon”. When can I order again?',
      'I can’t get into my account. Is something down?',
    ],
    angry: ['Your shop has been down all evening and my basket is gone.', 'Again an error page. I give up.'],
    reply: [
      'Yes, we’re having trouble with the site, sorry. It should be back within the hour.',
      'Sorry! We know and are working on it.',
    ],
  },
  size_question: {
    calm: [
      'Do the running shoes come up small? I’m between two sizes.',
      'Which size of the rain jacket fits over a fleece?',
      'How long are the walking poles at their shortest?',
    ],
    angry: ['Your size table is useless, I’ve sent back two pairs already.'],
    reply: ['Happy to help. What size do you usually wear?', 'Let me get the measurements for you.'],
  },
  product_question: {
    calm: [
      'Is the espresso maker fine on an induction hob?',
      'Are the building blocks safe for a two-year-old?',
      'Does the soundbar come with a wall bracket?',
    ],
    angry: ['The page says in stock, the basket says not. Which is it?'],
    reply: ['Good question, let me look that up.', 'One moment, I’ll check with the maker.'],
  },
  praise: {
    calm: [
      'Just wanted to say the blanket is lovely. Thank you!',
      'Fast delivery and well packed. Thanks to whoever did that.',
      'The replacement came the next day. Great service.',
    ],
    angry: ['It took a while, but in the end you sorted it out. Thank you.'],
    reply: ['That’s so kind, thank you! I’ll pass it on.', 'You’ve made our morning. Enjoy it!'],
  },
};

/** What the customer writes first. Below -0.45 the mood shows. */
export function customerWords(draws: Draws, topic: Topic, mood: number): string {
  return pick(draws, mood < -0.45 ? LINES[topic].angry : LINES[topic].calm);
}

export function agentReply(draws: Draws, topic: Topic): string {
  return pick(draws, LINES[topic].reply);
}
