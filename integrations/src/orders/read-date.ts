import { DateTime, IANAZone } from 'luxon';
import { parseIsoTimestamp } from '../segment/timestamp.js';

export type DateRule = {
  /** `iso`, `unix-s`, `unix-ms`, or a pattern in luxon's tokens such as `dd/MM/yyyy HH:mm`. */
  readonly format: string;
  /** IANA name of the zone the dates are written in, where they carry none of their own. */
  readonly timeZone: string;
};

export type DateReader = (text: string) => Date | undefined;

export function isTimeZone(name: string): boolean {
  return IANAZone.isValidZone(name);
}

function readerFor({ format, timeZone }: DateRule): DateReader {
  if (format === 'unix-s' || format === 'unix-ms') {
    const unit = format === 'unix-s' ? 1000 : 1;
    return (text) =>
      /^\d{1,15}(?:\.\d+)?$/.test(text) ? new Date(Math.trunc(Number(text) * unit)) : undefined;
  }
  if (format === 'iso' && timeZone === 'UTC') return parseIsoTimestamp;
  return (text) => {
    const options = { zone: timeZone, locale: 'en' };
    const isoText = text.replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T');
    const read =
      format === 'iso' ? DateTime.fromISO(isoText, options) : DateTime.fromFormat(text, format, options);
    if (!read.isValid) return undefined;
    // luxon's own choice between the two readings of a repeated hour depends on the season it runs in.
    const [first = read] = read.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis());
    return first.toJSDate();
  };
}

/**
 * Makes a reader of dates. A time that a clock change skips is read as the one after it, one that it repeats as the
 * first of the two. Neighbouring rows mostly share their date, so the last answer is kept.
 */
export function createDateReader(rule: DateRule): DateReader {
  const read = readerFor(rule);
  let lastText: string | undefined;
  let lastDate: Date | undefined;
  return (text) => {
    if (text !== lastText) {
      lastText = text;
      lastDate = read(text);
    }
    return lastDate;
  };
}
