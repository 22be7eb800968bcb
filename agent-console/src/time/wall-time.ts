/** As `Intl` has them in British English; written out, as making a format keeps a slow machine's first page waiting. */
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The day on the reader's calendar: `22 Nov`. */
export function dayWords(date: Date): string {
  return `${date.getDate()} ${MONTHS[date.getMonth()] ?? ''}`;
}

/** The day by universal time, and of a date without a time: `22 Nov`. */
export function utcDayWords(date: Date): string {
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`;
}

/** `Sun` on the reader's calendar. */
export function weekdayWords(date: Date): string {
  return WEEKDAYS[date.getDay()] ?? '';
}

/** The reader's clock: `14:05`. */
export function clockWords(date: Date): string {
  return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

/** The clock by universal time: `13:05`. */
export function utcClockWords(date: Date): string {
  return `${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
