import { ApiError } from './api-error.js';

/** Reads a cursor a list answered with. @throws ApiError `invalid_cursor` for any other text */
export function readCursor<Cursor>(
  text: string | undefined,
  decode: (text: string) => Cursor | null,
): Cursor | null {
  if (text === undefined) return null;
  const cursor = decode(text);
  if (cursor !== null) return cursor;
  throw new ApiError('invalid_cursor', 'This cursor was not one that a list answered with', {
    issues: [{ path: 'cursor', expected: 'the nextCursor of the page before' }],
  });
}
