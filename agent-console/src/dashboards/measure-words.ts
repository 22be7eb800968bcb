import type { MeasureReport } from '../engine/engine-types';
import { money } from '../number/money';
import { numberWords } from '../number/number-words';

export type MeasureEntry = MeasureReport['measures'][number];
type Key = MeasureEntry['measure']['key'];
type Unit = MeasureEntry['measure']['unit'];

type Words = {
  name: string;
  /** What exactly is counted. */
  hint: string;
  better: 'higher' | 'lower' | null;
  /** What to send where there is no data. */
  send: string;
};

const WORDS: Record<Key, Words> = {
  conversion: {
    name: 'Conversion',
    hint: 'of those who looked at a product, who ordered',
    better: 'higher',
    send: 'Product Viewed and Order Completed',
  },
  retention: {
    name: 'Retention',
    hint: 'of those who ordered in the same time before, who ordered again',
    better: 'higher',
    send: 'Order Completed',
  },
  orderValue: {
    name: 'Order value',
    hint: 'mean of an order',
    better: 'higher',
    send: 'Order Completed with revenue',
  },
  revenuePerCustomer: {
    name: 'Value so far',
    hint: 'what a customer who ordered has brought, as of now',
    better: 'higher',
    send: 'Order Completed with revenue',
  },
  spentLastYear: {
    name: 'Spent in the last year',
    hint: 'of customers with a prediction, who spent nothing included, as of now',
    better: 'higher',
    send: 'Order Completed with revenue',
  },
  expectedNextYear: {
    name: 'Expected in the next year',
    hint: 'by the value model, of the same customers; the interval is of the mean, not of the model',
    better: 'higher',
    send: 'Order Completed, and train the value model',
  },
  acceptance: {
    name: 'Acceptance',
    hint: 'accepted for what was shown; an answer may be to what was shown earlier',
    better: 'higher',
    send: 'Action Shown and Action Accepted, or POST /v1/feedback',
  },
  satisfaction: {
    name: 'CSAT',
    hint: 'answers of 4 or 5 out of 5',
    better: 'higher',
    send: 'Survey Answered with survey "csat" and score 1 to 5',
  },
  promoters: {
    name: 'NPS',
    hint: 'promoters (9, 10) less detractors (0 to 6), in a hundred',
    better: 'higher',
    send: 'Survey Answered with survey "nps" and score 0 to 10',
  },
  solved: {
    name: 'Solved',
    hint: 'of conversations that ended',
    better: 'higher',
    send: 'Live Chat Conversation Ended with resolution "solved"',
  },
  hoursToSolve: {
    name: 'Time to resolution',
    hint: 'median of conversations that ended solved',
    better: 'lower',
    send: 'Live Chat Conversation Started and Ended with the same conversation_id',
  },
  conversationsPerOrder: {
    name: 'Conversations per 100 orders',
    hint: 'of any customers in the window',
    better: 'lower',
    send: 'Live Chat Conversation Ended and Order Completed',
  },
  costToServe: {
    name: 'Cost to serve',
    hint: 'support conversations of a customer who ordered or wrote, at the cost in the policies',
    better: 'lower',
    send: 'Live Chat Conversation Ended, and set “Cost of a conversation” in the policies',
  },
  answeredWithoutContact: {
    name: 'Answered without a contact',
    hint: 'accepted service actions, not from an agent, with no conversation in 7 days',
    better: 'higher',
    send: 'Action Accepted of an action whose issue is among the policies’ service issues',
  },
};

/** Fewer than this tell too little to be shown as a figure. */
const FEWEST = 30;

/** Whether there is a figure, but of too few to be shown. */
export function isTooFew({ value, n }: { value: number | null; n: number }): boolean {
  return value !== null && n < FEWEST;
}

export function tooFewWords(n: number): string {
  return `Too few: ${numberWords(n)}, and ${FEWEST} are needed`;
}

export function measureWords(key: Key): Words {
  return WORDS[key];
}

/** A figure in its unit. */
export function figure(value: number, unit: Unit, currency: string | null): string {
  switch (unit) {
    case 'share':
      return `${(value * 100).toFixed(1)} %`;
    case 'money':
      return money(value, currency);
    case 'hours':
      return Math.abs(value) < 1 ? `${Math.round(value * 60)} min` : `${value.toFixed(1)} h`;
    case 'points':
      return value.toFixed(0);
    case 'number':
      return value.toFixed(1);
  }
}

/** How a figure moved: in points for shares, else in its unit. */
export function changeWords(value: number, unit: Unit, currency: string | null): string {
  const sign = value > 0 ? '+' : '';
  return unit === 'share'
    ? `${sign}${(value * 100).toFixed(1)} points`
    : `${sign}${figure(value, unit, currency)}`;
}

/** Whether it surely went the right way; null where the interval holds zero or nothing is better. */
export function changeMeaning(entry: MeasureEntry): 'good' | 'act' | null {
  const { better } = WORDS[entry.measure.key];
  if (isTooFew(entry.measure) || (entry.compared !== null && isTooFew(entry.compared))) return null;
  const { low = null, high = null } = entry.change ?? {};
  if (better === null || low === null || high === null || (low <= 0 && high >= 0)) return null;
  return low > 0 === (better === 'higher') ? 'good' : 'act';
}
