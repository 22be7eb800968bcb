import { z } from 'zod';

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** Numbers below this (1973 in milliseconds) are almost surely seconds; guessing would misdate by decades. */
const SMALLEST_MILLISECONDS = 100_000_000_000;
/** The last instant of year 9999, the last that ISO 8601 writes with four digits. */
const LARGEST_MILLISECONDS = 253_402_300_799_999;

export const TIMESTAMP_RULE =
  'an ISO 8601 date or milliseconds since 1970 (from 100000000000, so that seconds are not taken for them)';

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  return zone.startsWith('-') ? -minutes : minutes;
}

/**
 * Reads an ISO 8601 date or date-time. Without a zone it is UTC, never the server's own zone. Days and hours that don't
 * exist (30 February, 24:30) are `undefined`, where `Date` would roll them over.
 */
export function parseIsoTimestamp(text: string): Date | undefined {
  const match = ISO.exec(text.trim());
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const milliseconds = Math.trunc(Number(`0.${match[7] ?? 0}`) * 1000);
  const wall = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds));
  wall.setUTCFullYear(year, month - 1, day);
  const exists =
    wall.getUTCMonth() === month - 1 && wall.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return exists ? new Date(wall.getTime() - offsetMinutes(match[8]) * 60_000) : undefined;
}

/** A moment as senders write it: ISO 8601, milliseconds since 1970, or a `Date`. `undefined` if it is none of these. */
export function parseTimestamp(value: unknown): Date | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value;
  if (typeof value === 'string') return parseIsoTimestamp(value);
  if (typeof value !== 'number') return undefined;
  return value >= SMALLEST_MILLISECONDS && value <= LARGEST_MILLISECONDS ? new Date(value) : undefined;
}

export const timestampSchema = z
  .unknown()
  .transform((value, context) => {
    const date = parseTimestamp(value);
    if (date) return date;
    context.addIssue({ code: 'custom', message: TIMESTAMP_RULE });
    return z.NEVER;
  })
  .meta({
    anyOf: [
      { type: 'string', format: 'date-time' },
      { type: 'integer', minimum: SMALLEST_MILLISECONDS, maximum: LARGEST_MILLISECONDS },
    ],
  });
