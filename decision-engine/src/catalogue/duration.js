import { z } from 'zod';

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const DURATION_PATTERN = /^(\d{1,6})([smhdw])$/;
/** A length of time as people write it: `45s`, `30m`, `12h`, `7d`, `2w`. A day is always 24 hours. */
export const durationSchema = z
  .string()
  .regex(DURATION_PATTERN, 'a number with a unit: "45s", "30m", "12h", "7d" or "2w"');
/** @returns milliseconds. @throws RangeError for text that {@link durationSchema} would refuse. */
export function durationToMs(duration) {
  const match = DURATION_PATTERN.exec(duration);
  const unit = match?.[2];
  if (match === null || unit === undefined) {
    throw new RangeError(`Expected a duration such as "7d", got "${duration}"`);
  }
  return Number(match[1]) * UNIT_MS[unit];
}
