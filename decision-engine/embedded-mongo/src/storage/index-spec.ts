import { type Doc, docOf, isDoc, keysOf, type Maybe } from '../bson/value.js';
import { isNumeric, toNumber } from '../numeric/number.js';
import { splitPath } from '../query/path.js';

/** One field of an index. */
export interface IndexField {
  readonly path: string;
  readonly parts: readonly string[];
  /** 1 ascending, -1 descending; a hashed field is 1 and serves equality only. */
  readonly direction: 1 | -1;
}

/** Kinds of index that hold no entries here: what they allow is answered by reading all documents. */
export type IndexPlugin = 'text' | '2d' | '2dsphere' | 'wildcard';

/** The definition of an index, as `listIndexes` shows it. */
export interface IndexSpec {
  readonly name: string;
  readonly key: Doc;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly hidden: boolean;
  readonly plugin: IndexPlugin | undefined;
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
    plugin: pluginOf(key),
    partialFilter: options['partialFilterExpression'] as Doc | undefined,
    expireAfterSeconds: isNumeric(expire) ? toNumber(expire) : undefined,
    collation: options['collation'] as Doc | undefined,
    options,
  };
}

/** Which kind of index without entries a key asks for, if any. */
export function pluginOf(key: Doc): IndexPlugin | undefined {
  for (const path of keysOf(key)) {
    const kind = key[path];
    if (kind === 'text' || kind === '2d' || kind === '2dsphere') return kind;
    if (path === '$**' || path.endsWith('.$**')) return 'wildcard';
  }
  return undefined;
}

/** The definition of the index every collection has. */
export function idIndexOptions(options: Doc): Doc {
  const { clusteredIndex: clustered, expireAfterSeconds } = options;
  return docOf([
    ['v', 2],
    ['key', docOf([['_id', 1]])],
    ['name', isDoc(clustered) ? clustered['name'] : '_id_'],
    ...(isDoc(clustered)
      ? ([
          ['unique', true],
          ['clustered', true],
          ['expireAfterSeconds', expireAfterSeconds],
        ] as const)
      : []),
  ]);
}
