/** What the shop sells. The order is part of the seed's meaning: add at the end only. */
export const CATEGORIES = [
  'kitchen',
  'garden',
  'outdoor',
  'audio',
  'books',
  'toys',
  'home',
  'sport',
] as const;
export type Category = (typeof CATEGORIES)[number];
