import { clockWords, weekdayWords } from '../time/wall-time';

export type LaterChoice = { value: string; label: string; aside: string };

const HOUR = 3_600_000;

/** Four times to bring something up again, from `now` (milliseconds), on the agent's own clock; `value` is ISO 8601. */
export function laterChoices(now: number): readonly LaterChoice[] {
  return [
    choice('In an hour', new Date(now + HOUR), now),
    choice('Tomorrow morning', morning(now, 1), now),
    choice('In three days', morning(now, 3), now),
    choice('Next Monday', morning(now, daysToMonday(now)), now),
  ];
}

function choice(label: string, at: Date, now: number): LaterChoice {
  const sameDay = new Date(now).toDateString() === at.toDateString();
  const aside = sameDay ? clockWords(at) : `${weekdayWords(at)} ${clockWords(at)}`;
  return { value: at.toISOString(), label, aside };
}

function morning(now: number, days: number): Date {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  date.setHours(9, 0, 0, 0);
  return date;
}

function daysToMonday(now: number): number {
  const days = (8 - new Date(now).getDay()) % 7;
  return days === 0 ? 7 : days;
}
