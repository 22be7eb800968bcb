import type { Binary } from 'bson';
import type { Doc, Maybe } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { isNumeric, toNumber } from '../numeric/number.js';
import type { Engine } from './engine.js';
import type { Entry, Index } from './index.js';
import { recordKey, recordOf, spaceKey } from './keys.js';
import { Row } from './row.js';

/** How much a scan reads at a time: rows, and bytes. */
const CHUNK_ROWS = 200;
const CHUNK_BYTES = 1024 * 1024;

/** A collection: records in the order of their insertion, and indexes over them. Writes need a transaction. */
export class Collection {
  indexes: Index[] = [];
  /** The index that is being built: kept up to date, but not read and not listed. */
  building: Index | undefined;
  private next: number | undefined;
  /** Changed since the last commit, so that its counters have to be written. */
  dirty = false;
  dropped = false;

  readonly space: number;
  ns: string;
  options: Doc;
  readonly uuid: Binary;
  readonly counters: { count: number; bytes: number };

  constructor(
    private readonly engine: Engine,
    definition: Pick<Collection, 'space' | 'ns' | 'options' | 'uuid' | 'counters'>,
  ) {
    this.space = definition.space;
    this.ns = definition.ns;
    this.options = definition.options;
    this.uuid = definition.uuid;
    this.counters = definition.counters;
  }

  /** Every index that is kept up to date, listed or not. */
  get maintained(): readonly Index[] {
    return this.building ? [...this.indexes, this.building] : this.indexes;
  }

  get idIndex(): Index {
    const [index] = this.indexes;
    if (!index) throw new Error(`${this.ns} has no _id index`);
    return index;
  }

  get(record: number): Row | undefined {
    const bytes = this.engine.docs.get(recordKey(this.space, record));
    return bytes && new Row(record, bytes);
  }

  /** The next rows after a record (before it when `reverse`), in the order of insertion. */
  chunk(after: number | undefined, reverse: boolean): Row[] {
    const [low, high] = [spaceKey(this.space), spaceKey(this.space + 1)];
    const limit = CHUNK_ROWS;
    const options = reverse
      ? {
          start: after === undefined ? high : recordKey(this.space, after),
          end: low,
          reverse,
          inclusiveEnd: true,
          limit,
        }
      : { start: after === undefined ? low : recordKey(this.space, after + 1), end: high, limit };
    const rows: Row[] = [];
    let bytes = 0;
    for (const { key, value } of this.engine.docs.getRange(options)) {
      const record = recordOf(key);
      if (reverse && record === after) continue;
      rows.push(new Row(record, value));
      bytes += value.length;
      if (bytes > CHUNK_BYTES) break;
    }
    return rows;
  }

  /** @throws MongoError DuplicateKey (11000) and then nothing was written. */
  insert(doc: Doc, bytes: Buffer): number {
    const indexes = this.maintained;
    const entries = indexes.map((index) => index.entries(doc));
    indexes.forEach((index, i) => {
      index.checkUnique(entries[i] ?? [], { record: undefined, ns: this.ns });
    });
    const record = this.nextRecord();
    this.engine.docs.putSync(recordKey(this.space, record), bytes);
    indexes.forEach((index, i) => {
      for (const entry of entries[i] ?? []) index.add(entry, record);
    });
    this.changed(1, bytes.length);
    this.trim();
    return record;
  }

  /**
   * Replaces a document; only index entries that differ are written.
   * @param change both versions of the document, or of all that indexes over a changed field are made of
   */
  replace(row: Row, { before, after, bytes }: { before: Doc; after: Doc; bytes: Buffer }): void {
    const changes = this.maintained
      .filter((index) => index.concerns(before, after))
      .map((index) => ({ index, ...difference(index, before, after) }));
    for (const { index, added } of changes) index.checkUnique(added, { record: row.record, ns: this.ns });
    this.engine.docs.replaceSync(recordKey(this.space, row.record), row.bytes, bytes);
    for (const { index, added, removed } of changes) {
      for (const entry of removed) index.remove(entry, row.record);
      for (const entry of added) index.add(entry, row.record);
    }
    // What an index notes of its entries is saved with the counters.
    if (changes.length > 0 || bytes.length !== row.bytes.length)
      this.changed(0, bytes.length - row.bytes.length);
  }

  remove(row: Row): void {
    this.engine.docs.removeSync(recordKey(this.space, row.record));
    for (const index of this.maintained) {
      for (const entry of index.entries(row.doc)) index.remove(entry, row.record);
    }
    this.changed(-1, -row.bytes.length);
  }

  private changed(count: number, bytes: number): void {
    this.counters.count += count;
    this.counters.bytes += bytes;
    this.dirty = true;
  }

  private nextRecord(): number {
    this.next ??= (this.chunk(undefined, true)[0]?.record ?? 0) + 1;
    return this.next++;
  }

  /** Record ids are read again from disk (after a transaction that failed). */
  forget(): void {
    this.next = undefined;
  }

  get capped(): boolean {
    return this.options['capped'] === true;
  }

  /** A capped collection loses its oldest documents. */
  private trim(): void {
    if (!this.capped) return;
    const size = numberOr(this.options['size'], Number.POSITIVE_INFINITY);
    const max = numberOr(this.options['max'], 0) || Number.POSITIVE_INFINITY;
    while (this.counters.count > max || (this.counters.bytes > size && this.counters.count > 1)) {
      const [oldest] = this.chunk(undefined, false);
      if (!oldest) return;
      this.remove(oldest);
    }
  }

  indexNamed(name: string): Index | undefined {
    return this.indexes.find((index) => index.spec.name === name);
  }
}

function difference(index: Index, before: Doc, after: Doc): { added: Entry[]; removed: Entry[] } {
  const old = new Map(index.entries(before).map((entry) => [entry.bytes.toString('latin1'), entry]));
  const added: Entry[] = [];
  for (const entry of index.entries(after))
    if (!old.delete(entry.bytes.toString('latin1'))) added.push(entry);
  return { added, removed: [...old.values()] };
}

function numberOr(value: Maybe, fallback: number): number {
  return isNumeric(value) ? toNumber(value) : fallback;
}

/** @throws MongoError BSONObjectTooLarge (10334) */
export function checkSize(bytes: Buffer): Buffer {
  if (bytes.length > 16 * 1024 * 1024) {
    throw new MongoError(
      'BSONObjectTooLarge',
      `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and 16793600(16MB)`,
    );
  }
  return bytes;
}
