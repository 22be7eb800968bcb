const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Format = { readonly name: string; readonly options: Intl.DateTimeFormatOptions };

const CLOCK: Format = { name: 'clock', options: { hour: '2-digit', minute: '2-digit' } };
const IN_FULL: Format = {
  name: 'in full',
  options: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', ...CLOCK.options },
};
/** As `Intl` has them in British English; written out, as making a format keeps a slow machine's first page waiting. */
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * How long ago, in as few characters as can be read at a glance: `now`, `4 min`, `3 h`, `2 d`, then the date.
 * A time ahead reads `in 4 min`. Both arguments are milliseconds since the epoch.
 */
export function relativeTime(at: number, now: number): string {
  const distance = Math.abs(now - at);
  if (distance < 45_000) return 'now';
  if (distance >= 7 * DAY) return shortDate(at, now);
  const span = spanOf(distance);
  return at > now ? `in ${span}` : span;
}

/** The moment in full, in the reader's zone or the one named: `Sun, 22 Nov 2026, 14:05`. */
export function absoluteTime(at: number, timeZone?: string): string {
  return formatIn(IN_FULL, timeZone).format(at);
}

/** The clock on a customer's wall: `14:05`; null for a zone this browser does not know. */
export function clockIn(timeZone: string, now: number): string | null {
  try {
    return formatIn(CLOCK, timeZone).format(now);
  } catch {
    return null;
  }
}

/** The heading a moment stands under: `Today`, `Yesterday`, or the date. */
export function dayHeading(at: number, now: number): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return shortDate(at, now);
}

function spanOf(distance: number): string {
  if (distance < HOUR) return `${Math.max(1, Math.round(distance / MINUTE))} min`;
  if (distance < DAY) return `${Math.round(distance / HOUR)} h`;
  return `${Math.round(distance / DAY)} d`;
}

function shortDate(at: number, now: number): string {
  const date = new Date(at);
  const day = `${date.getDate()} ${MONTHS[date.getMonth()] ?? ''}`;
  return date.getFullYear() === new Date(now).getFullYear() ? day : `${day} ${date.getFullYear()}`;
}

/** Making a format takes a hundred times as long as using it, and a list shows two to each row: each is made once. */
function formatIn({ name, options }: Format, timeZone: string | undefined): Intl.DateTimeFormat {
  const key = `${name} ${timeZone ?? ''}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...options,
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  formats.set(key, made);
  return made;
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
