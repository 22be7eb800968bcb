import { createHash } from 'node:crypto';
import { ObjectId } from 'bson';
import { show } from '../bson/show.js';
import { type Doc, docOf, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { foldText } from '../order/collation.js';
import { encodeKey } from '../order/encode-key.js';
import { compileFilter, type Matcher } from '../query/compile-filter.js';
import { checkForPlugin } from './check-for-plugin.js';
import type { Engine } from './engine.js';
import { indexedValues } from './index-keys.js';
import type { IndexSpec } from './index-spec.js';
import { indexKey, recordBytes, recordOf, spaceKey } from './keys.js';

/** LMDB takes keys of up to 1,978 bytes; longer ones are cut and end in a hash of the whole. */
const MAX_KEY = 1900;
const KEPT = 1024;
const EMPTY = Buffer.alloc(0);

/** A key of an index for one document and the values that it stands for. */
export interface Entry {
  readonly bytes: Buffer;
  readonly tuple: readonly Maybe[];
}

/** What is known of an index's content; kept in the catalog. */
export interface IndexState {
  /** Bit i is set once an array was indexed on field i. */
  arrays: number;
  /** A key was too long, so the order of such keys is not exact. */
  cut: boolean;
}

/** One index of a collection: entries in LMDB, in the order of their values. */
export class Index {
  private readonly partial: Matcher | undefined;
  /** The top-level fields that say which entries a document has; undefined where that may be any. */
  readonly fields: readonly string[] | undefined;
  /** The state that the catalog has on disk. */
  saved: IndexState;

  /** Its space in the key database. */
  readonly space: number;
  readonly spec: IndexSpec;
  readonly state: IndexState;

  constructor(
    private readonly engine: Engine,
    { space, spec, state }: Pick<Index, 'space' | 'spec' | 'state'>,
  ) {
    this.space = space;
    this.spec = spec;
    this.state = state;
    this.saved = { ...state };
    this.partial = spec.partialFilter && compileFilter(spec.partialFilter);
    const filtered = this.partial === undefined ? [] : this.partial.fields;
    this.fields =
      spec.plugin || filtered === undefined
        ? undefined
        : [...new Set([...spec.fields.map(({ parts: [first = ''] }) => first), ...filtered])];
  }

  /** Whether its entries may differ between two versions of a document: one of its fields is not the same value. */
  concerns(before: Doc, after: Doc): boolean {
    return this.fields === undefined || this.fields.some((field) => !isSame(before[field], after[field]));
  }

  /** The entries of a document, without duplicates. Notes arrays and long keys in the state. */
  entries(doc: Doc): Entry[] {
    if (this.spec.plugin) checkForPlugin(this.spec, doc);
    if (this.spec.plugin || (this.partial && !this.partial.test(doc))) return [];
    const { tuples, arrays, absent } = indexedValues(
      doc,
      this.spec.fields.map(({ parts }) => parts),
    );
    if (absent && this.spec.sparse) return [];
    this.state.arrays |= arrays;
    const entries = tuples.map((tuple) => ({ bytes: this.encode(tuple), tuple }));
    if (entries.length === 1) return entries;
    const seen = new Map(entries.map((entry) => [entry.bytes.toString('latin1'), entry]));
    return [...seen.values()];
  }

  private encode(tuple: readonly Maybe[]): Buffer {
    const parts = tuple.map((value, i) => this.encodeField(value, i));
    const [first] = parts;
    const whole = parts.length === 1 && first ? first : Buffer.concat(parts);
    if (whole.length <= MAX_KEY) return whole;
    this.state.cut = true;
    return cutKey(whole);
  }

  /** The bytes of a value as the `at`th field of a key. */
  encodeField(value: Maybe, at: number): Buffer {
    const bytes = encodeKey(this.spec.collation ? foldText(value, this.spec.collation) : value);
    if (this.spec.fields[at]?.direction === -1)
      for (let i = 0; i < bytes.length; i++) bytes[i] = ~(bytes[i] ?? 0) & 0xff;
    return bytes;
  }

  /** @throws MongoError DuplicateKey (11000) when another record holds one of the entries. */
  checkUnique(entries: readonly Entry[], options: { record: number | undefined; ns: string }): void {
    if (!this.spec.unique) return;
    for (const entry of entries) {
      const holder = this.engine.keys.get(indexKey(this.space, entry.bytes));
      if (holder && recordOf(holder) !== options.record) throw this.duplicate(entry, options.ns);
    }
  }

  private duplicate(entry: Entry, ns: string): MongoError {
    const { spec } = this;
    const keyValue = docOf(spec.fields.map(({ path }, i) => [path, (entry.tuple[i] ?? null) as Value]));
    const message = `E11000 duplicate key error collection: ${ns} index: ${spec.name} dup key: ${show(keyValue)}`;
    return new MongoError('DuplicateKey', message, { keyPattern: spec.key, keyValue });
  }

  add(entry: Entry, record: number): void {
    if (this.spec.unique) this.engine.keys.putSync(indexKey(this.space, entry.bytes), recordBytes(record));
    else this.engine.keys.putSync(indexKey(this.space, entry.bytes, record), EMPTY);
  }

  remove(entry: Entry, record: number): void {
    this.engine.keys.removeSync(indexKey(this.space, entry.bytes, this.spec.unique ? undefined : record));
  }

  /** The record that holds exactly this value in a unique index of one field. */
  find(value: Maybe): number | undefined {
    const holder = this.engine.keys.get(indexKey(this.space, this.encode([value])));
    return holder && recordOf(holder);
  }

  /** Up to `limit` entries between two keys (relative to the space; `end` excluded), with their LMDB keys. */
  read(range: {
    start?: Buffer;
    end?: Buffer;
    reverse: boolean;
    limit: number;
  }): { key: Buffer; record: number }[] {
    const low = range.start ?? spaceKey(this.space);
    const high = range.end ?? spaceKey(this.space + 1);
    const options = range.reverse
      ? { start: high, end: low, reverse: true, inclusiveEnd: true, exclusiveStart: true, limit: range.limit }
      : { start: low, end: high, limit: range.limit };
    const found: { key: Buffer; record: number }[] = [];
    for (const { key, value } of this.engine.keys.getRange(options)) {
      found.push({ key, record: recordOf(this.spec.unique ? value : key) });
    }
    return found;
  }

  /** Whether all entries of a document are there. */
  holds(doc: Doc, record: number): boolean {
    const { keys } = this.engine;
    return this.entries(doc).every(({ bytes }) => {
      const held = keys.get(indexKey(this.space, bytes, this.spec.unique ? undefined : record));
      return held !== undefined && (!this.spec.unique || recordOf(held) === record);
    });
  }

  count(): number {
    return this.engine.keys.getKeysCount({ start: spaceKey(this.space), end: spaceKey(this.space + 1) });
  }
}

/** The same value without a look inside documents and arrays. */
function isSame(a: Maybe, b: Maybe): boolean {
  return a === b || (a instanceof ObjectId && b instanceof ObjectId && a.equals(b));
}

/** The beginning of a long key, and a hash of all of it so that different keys stay different. */
function cutKey(whole: Buffer): Buffer {
  return Buffer.concat([whole.subarray(0, KEPT), createHash('sha256').update(whole).digest()]);
}

export const KEPT_BYTES = KEPT;
