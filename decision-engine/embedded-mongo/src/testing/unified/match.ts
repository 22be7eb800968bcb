import { type Document, EJSON } from 'bson';

/** What `$$matchesEntity` and `$$sessionLsid` refer to. */
export type Entities = ReadonlyMap<string, unknown>;

/**
 * Compares an actual value with an expected one by the rules of the unified test format; documents at the root may
 * have more fields. The answer is what differs, undefined when nothing does.
 */
export function mismatch(
  expected: unknown,
  actual: unknown,
  { entities, root = true, path = 'result' }: { entities: Entities; root?: boolean; path?: string },
): string | undefined {
  const special = specialOperator(expected);
  if (special) return mismatchSpecial(special, actual, { entities, path });
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      return `${path}: expected ${text(expected)}, got ${text(actual)}`;
    return first(
      expected.map((item, i) => () => mismatch(item, actual[i], { entities, root, path: `${path}[${i}]` })),
    );
  }
  if (isDocument(expected)) {
    const plain = plainDocument(actual);
    if (plain !== actual) return mismatch(expected, plain, { entities, root, path });
    if (!isDocument(actual)) return `${path}: expected a document, got ${text(actual)}`;
    const keys = Object.keys(expected);
    const extra = root
      ? undefined
      : Object.keys(actual).find((key) => !keys.includes(key) && actual[key] !== undefined);
    if (extra !== undefined) return `${path}.${extra}: not expected`;
    return first(
      keys.map(
        (key) => () =>
          mismatch(expected[key], actual[key], { entities, root: false, path: `${path}.${key}` }),
      ),
    );
  }
  return scalarText(expected) === scalarText(actual)
    ? undefined
    : `${path}: expected ${text(expected)}, got ${text(actual)}`;
}

function mismatchSpecial(
  [name, operand]: readonly [string, unknown],
  actual: unknown,
  { entities, path }: { entities: Entities; path: string },
): string | undefined {
  switch (name) {
    case '$$exists':
      return (actual !== undefined) === operand
        ? undefined
        : `${path}: expected ${operand ? 'to be there' : 'not to be there'}`;
    case '$$type': {
      const types = Array.isArray(operand) ? operand : [operand];
      return types.some((type) => isType(String(type), actual))
        ? undefined
        : `${path}: expected type ${types.join()}, got ${text(actual)}`;
    }
    case '$$unsetOrMatches':
      return actual === undefined || actual === null
        ? undefined
        : mismatch(operand, actual, { entities, path });
    case '$$matchesEntity':
      return mismatch(entities.get(String(operand)), actual, { entities, path });
    case '$$lte':
      return Number(actual) <= Number(operand) ? undefined : `${path}: expected <= ${String(operand)}`;
    case '$$sessionLsid':
      return undefined;
    case '$$matchAsDocument':
    case '$$matchAsRoot':
      return mismatch(operand, actual, { entities, path });
    default:
      return `${path}: the runner does not know ${name}`;
  }
}

function specialOperator(expected: unknown): readonly [string, unknown] | undefined {
  if (!isDocument(expected)) return undefined;
  const [key, ...more] = Object.keys(expected);
  return key?.startsWith('$$') && more.length === 0 ? [key, expected[key]] : undefined;
}

/** What the driver holds as a map or an object of a class (a sort, a read concern) as the document that it stands for. */
function plainDocument(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  const isClass =
    value !== null &&
    typeof value === 'object' &&
    !Array.isArray(value) &&
    !isDocument(value) &&
    !('_bsontype' in value);
  return isClass ? { ...value } : value;
}

function isDocument(value: unknown): value is Document {
  return value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}

function isType(type: string, value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'int':
    case 'long':
    case 'double':
    case 'number':
      return (
        typeof value === 'number' ||
        typeof value === 'bigint' ||
        (value !== null && typeof value === 'object' && '_bsontype' in value)
      );
    case 'bool':
      return typeof value === 'boolean';
    case 'object':
      return isDocument(value);
    case 'array':
      return Array.isArray(value);
    default:
      return value !== undefined;
  }
}

/** Numbers of all types are the same where their values are. */
function scalarText(value: unknown): string {
  return typeof value === 'bigint' ? String(value) : typeof value === 'number' ? String(value) : text(value);
}

function text(value: unknown): string {
  return value === undefined ? 'nothing' : EJSON.stringify(value, { relaxed: true });
}

function first(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const found = check();
    if (found !== undefined) return found;
  }
  return undefined;
}
