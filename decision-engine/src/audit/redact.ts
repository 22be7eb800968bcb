const SECRET =
  /pass|secret|token|credential|authorization|cookie|private|signature|^code$|api_?key|^key$|smtp/i;
/** Where calls name customers: the log is not searched through when one is erased, so their addresses must not come in. */
const CUSTOMERS = /^(?:ids|to|customer)$/;
const HIDDEN = '(not kept)';
/** Longest JSON that is kept of one value, in characters. */
const LONGEST = 8_000;
const DEEPEST = 12;

function clean(value: unknown, depth: number): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (typeof value !== 'object') return null;
  if (depth >= DEEPEST) return '(deeper than is kept)';
  if (Array.isArray(value)) return value.map((each) => clean(each, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([name, each]) => [storable(name), isHidden(name, each) ? hidden(each) : clean(each, depth + 1)]),
  );
}

/** The database takes none of these as a field's name; the call may still be refused, but that it was tried is kept. */
function storable(name: string): string {
  return name
    .replace(/^\$/, '＄')
    .replace(/^_bsontype$/, '＿bsontype')
    .replaceAll('.', '．')
    .replaceAll('\u0000', '␀');
}

function isHidden(name: string, value: unknown): boolean {
  if (value === null || typeof value === 'boolean') return false;
  return SECRET.test(name) || (CUSTOMERS.test(name) && typeof value !== 'number');
}

function hidden(value: unknown): string {
  return Array.isArray(value) ? `(${value.length}, not kept)` : HIDDEN;
}

/**
 * A value as the audit log keeps it: plain data, with whatever its name says is a secret or a customer left out. What is very long is
 * replaced by its length: the thing itself is kept elsewhere (a draft, a revision).
 */
export function redact(value: unknown): unknown {
  const cleaned = clean(value, 0);
  const { length } = JSON.stringify(cleaned) ?? '';
  return length <= LONGEST ? cleaned : { tooLong: `${length} characters of JSON` };
}
