import type { Category } from './categories.js';

/** A kind of customer. People are mixtures of these; some fit none. Numbers are means on each trait's own scale. */
export type TasteGroup = {
  readonly name: string;
  readonly share: number;
  /** Log weight of interest above the others. */
  readonly likes: Partial<Record<Category, number>>;
  /** 0 never looks at the price … 1 buys only with an offer. */
  readonly priceSensitivity: number;
  /** Visits a year, before season and mood. */
  readonly visitsPerYear: number;
  /** Log odds added to buying in a visit. */
  readonly buying: number;
  /** Log of spending against the average. */
  readonly spending: number;
  /** Liking of each channel, in log odds. */
  readonly channels: {
    readonly agent: number;
    readonly email: number;
    readonly web: number;
    readonly sms: number;
  };
  /** Local hour at which they are most often about. */
  readonly hour: number;
};

export const TASTE_GROUPS: readonly TasteGroup[] = [
  {
    name: 'young family',
    share: 0.24,
    likes: { toys: 3.2, home: 1.9 },
    priceSensitivity: 0.72,
    visitsPerYear: 11,
    buying: 0,
    spending: -0.1,
    channels: { agent: 0.1, email: 0.3, web: 0.1, sms: 0.2 },
    hour: 21,
  },
  {
    name: 'cook',
    share: 0.2,
    likes: { kitchen: 3.2, garden: 2 },
    priceSensitivity: 0.35,
    visitsPerYear: 9,
    buying: 0.3,
    spending: 0.2,
    channels: { agent: 0.3, email: 0.6, web: 0, sms: -0.6 },
    hour: 19,
  },
  {
    name: 'out and about',
    share: 0.2,
    likes: { outdoor: 3.1, sport: 2.6 },
    priceSensitivity: 0.45,
    visitsPerYear: 10,
    buying: 0.1,
    spending: 0.3,
    channels: { agent: -0.2, email: -0.3, web: 0.4, sms: 0.4 },
    hour: 7,
  },
  {
    name: 'listener',
    share: 0.14,
    likes: { audio: 3.3, books: 1.9 },
    priceSensitivity: 0.25,
    visitsPerYear: 7,
    buying: -0.1,
    spending: 0.5,
    channels: { agent: -0.5, email: 0, web: 0.5, sms: -0.7 },
    hour: 23,
  },
  {
    name: 'bargain hunter',
    share: 0.22,
    likes: { home: 2.4, garden: 2, toys: 1.2 },
    priceSensitivity: 0.92,
    visitsPerYear: 16,
    buying: -0.7,
    spending: -0.4,
    channels: { agent: 0, email: 0.4, web: 0.2, sms: 0.5 },
    hour: 13,
  },
];
