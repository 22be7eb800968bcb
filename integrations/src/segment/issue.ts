/** One thing wrong with one value of what was handed in. */
export type InboundIssue = {
  /** Where, as in `properties.products[2].price`; '' is the whole message. */
  readonly path: string;
  /** What it has to be, to be read after "Expected … to be". */
  readonly expected: string;
  /** What it was, cut short: `-3 (number)`, `undefined`. */
  readonly got: string;
};

const LONGEST_EXCERPT = 80;

/** A value as an error may show it: short, with its type. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object') return value instanceof Date ? `${String(value)} (Date)` : 'an object';
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  const excerpt = text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT)}…` : text;
  return `${excerpt} (${typeof value})`;
}

/** `['products', 2, 'price']` becomes `products[2].price`. */
export function joinPath(segments: readonly PropertyKey[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === 'number') return `${path}[${segment}]`;
    return path === '' ? String(segment) : `${path}.${String(segment)}`;
  }, '');
}

/** `Expected "userId" to be a string of 1 to 512 characters, got "" (string)` */
export function formatIssue({ path, expected, got }: InboundIssue): string {
  const subject = path === '' ? 'the message' : JSON.stringify(path);
  return `Expected ${subject} to be ${expected}, got ${got}`;
}
