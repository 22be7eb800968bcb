import { type Doc, docOf, keysOf, type Maybe } from '../bson/value.js';
import { isNumeric, toNumber } from '../numeric/number.js';
import { splitPath } from '../query/path.js';

/** One field of an index. */
export interface IndexField {
  readonly path: string;
  readonly parts: readonly string[];
  /** 1 ascending, -1 descending; a hashed field is 1 and serves equality only. */
  readonly direction: 1 | -1;
}

/** The definition of an index, as `listIndexes` shows it. */
export interface IndexSpec {
  readonly name: string;
  readonly key: Doc;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly hidden: boolean;
  readonly partialFilter: Doc | undefined;
  readonly expireAfterSeconds: number | undefined;
  readonly collation: Doc | undefined;
  /** All options as they were given, `v`, `key` and `name` first. */
  readonly options: Doc;
}

/** Reads the stored (already checked) form of a definition. */
export function readSpec(options: Doc): IndexSpec {
  const key = options['key'] as Doc;
  const expire = options['expireAfterSeconds'];
  return {
    name: String(options['name']),
    key,
    fields: keysOf(key).map((path) => {
      const direction: Maybe = key[path];
      return {
        path,
        parts: splitPath(path),
        direction: isNumeric(direction) && toNumber(direction) < 0 ? -1 : 1,
      };
    }),
    unique: options['unique'] === true || keysOf(key).join() === '_id',
    sparse: options['sparse'] === true,
    hidden: options['hidden'] === true,
    partialFilter: options['partialFilterExpression'] as Doc | undefined,
    expireAfterSeconds: isNumeric(expire) ? toNumber(expire) : undefined,
    collation: options['collation'] as Doc | undefined,
    options,
  };
}

/** The definition of the index every collection has. */
export function idIndexOptions(): Doc {
  return docOf([
    ['v', 2],
    ['key', docOf([['_id', 1]])],
    ['name', '_id_'],
  ]);
}
