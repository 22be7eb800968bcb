import { docLength, eachElement } from './decode.js';

type Part = { readonly from: Buffer; readonly start: number; end: number };

/**
 * A document with some of its top-level fields replaced, the rest copied as it stands: neither read nor written anew.
 * @param old a well-formed document
 * @param fresh the new values of the fields in `known`; what is known and not in it is left out of the result. Fields that
 *   `old` doesn't have come last, in their order in `fresh`.
 */
export function splice(old: Buffer, fresh: Buffer, known: ReadonlySet<string>): Buffer {
  const given = new Map<string, Part>();
  eachElement(fresh, (key, start, end) => given.set(key, { from: fresh, start, end }));
  const parts: Part[] = [];
  let open: Part | undefined;
  eachElement(old, (key, start, end) => {
    const part = given.get(key);
    given.delete(key);
    if (known.has(key)) {
      if (part) parts.push(part);
      open = undefined;
    } else if (open) open.end = end;
    else {
      open = { from: old, start, end };
      parts.push(open);
    }
  });
  parts.push(...given.values());
  const length = parts.reduce((sum, { start, end }) => sum + end - start, 5);
  // Of its own: the bytes are kept in the store and handed on, and must not lie in a pool that is used again.
  const bytes = Buffer.allocUnsafeSlow(length);
  let at = bytes.writeInt32LE(length, 0);
  for (const { from, start, end } of parts) at += from.copy(bytes, at, start, end);
  bytes[at] = 0;
  docLength(bytes, 0);
  return bytes;
}
