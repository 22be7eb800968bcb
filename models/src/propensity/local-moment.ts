const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

export type LocalMoment = {
  /** 0 to 24, with the minutes as a fraction. */
  readonly hour: number;
  /** 0 = Sunday. */
  readonly weekday: number;
};

// Making a formatter costs a hundred times more than using it; there are a few hundred zones at most.
const formatters = new Map<string, Intl.DateTimeFormat>();

/** The hour and weekday at the customer's place. @param timeZone IANA name; one that is unknown counts as UTC */
export function localMoment(now: Date, timeZone: string): LocalMoment {
  const parts = formatterFor(timeZone).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return {
    hour: Number(part('hour')) + Number(part('minute')) / 60,
    weekday: (WEEKDAYS as readonly string[]).indexOf(part('weekday')),
  };
}

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) {
    return known;
  }
  const made = createFormatter(timeZone);
  formatters.set(timeZone, made);
  return made;
}

function createFormatter(timeZone: string): Intl.DateTimeFormat {
  const options = { hour: '2-digit', minute: '2-digit', weekday: 'short', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  }
}
