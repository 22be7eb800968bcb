import { z } from 'zod';
/** A moment: a Date, or ISO 8601 text with a time zone ("2026-11-27T08:00:00Z"). Text without a zone is refused. */
export const instantSchema = z.union([
  z.date(),
  z.iso
    .datetime({ offset: true, error: 'a date and time with a zone, such as "2026-11-27T08:00:00Z"' })
    .transform((text) => new Date(text)),
]);
