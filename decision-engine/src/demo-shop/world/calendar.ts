import { DAY, HOUR } from './local-time.js';

/** How busy each weekday is against the mean; Sunday first. */
const WEEKDAY = [1.25, 0.95, 0.9, 0.9, 0.95, 0.9, 1.15];
/** How busy each month is against the mean; January first. */
const MONTH = [0.85, 0.82, 0.92, 0.98, 1, 0.95, 0.9, 0.88, 0.98, 1.02, 1.25, 1.45];

/** The same days every year, so that a world of any start and length has them. Month from 0, day from 1. */
const SALES = [
  { month: 10, day: 22, days: 8 },
  { month: 5, day: 18, days: 7 },
  { month: 0, day: 2, days: 6 },
];
const BAD_RELEASES = [
  { month: 2, day: 10, days: 2 },
  { month: 8, day: 15, days: 2 },
];
const OUTAGES = [
  { month: 3, day: 4, hour: 17, hours: 3 },
  { month: 7, day: 21, hour: 9, hours: 5 },
  { month: 10, day: 12, hour: 18, hours: 2 },
];

export type Outage = { readonly from: number; readonly to: number };

/** The discount everyone gets during a sale. */
export const SALE_DISCOUNT = 0.15;

function within(
  at: number,
  spans: readonly { readonly month: number; readonly day: number; readonly days: number }[],
): boolean {
  const year = new Date(at).getUTCFullYear();
  return spans.some(({ month, day, days }) => {
    const from = Date.UTC(year, month, day);
    return at >= from && at < from + days * DAY;
  });
}

/** Remembers an answer for each UTC day; every customer asks the same. */
function perDay<Answer>(ask: (at: number) => Answer): (at: number) => Answer {
  const known = new Map<number, Answer>();
  return (at) => {
    const day = Math.floor(at / DAY);
    const answer = known.get(day) ?? ask(day * DAY);
    known.set(day, answer);
    return answer;
  };
}

export const isSale: (at: number) => boolean = perDay((at) => within(at, SALES));
/** A release went wrong: half of the checkouts fail for two days. */
export const isBadRelease: (at: number) => boolean = perDay((at) => within(at, BAD_RELEASES));

/** When the shop was down on the UTC day of `at`, or undefined. */
export const outageOn: (at: number) => Outage | undefined = perDay((at) => {
  const date = new Date(at);
  for (const { month, day, hour, hours } of OUTAGES) {
    if (date.getUTCMonth() !== month || date.getUTCDate() !== day) continue;
    const from = Date.UTC(date.getUTCFullYear(), month, day, hour);
    return { from, to: from + hours * HOUR };
  }
  return undefined;
});

/** How many visits a day brings against the mean: week, year, payday (25th to 28th) and sale together. */
export const season: (at: number) => number = perDay((at) => {
  const date = new Date(at);
  const payday = date.getUTCDate() >= 25 && date.getUTCDate() <= 28 ? 1.2 : 0.97;
  const sale = isSale(at) ? 1.5 : 1;
  return (WEEKDAY[date.getUTCDay()] ?? 1) * (MONTH[date.getUTCMonth()] ?? 1) * payday * sale;
});
