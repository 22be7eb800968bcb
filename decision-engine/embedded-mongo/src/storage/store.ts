import type { Database, RangeOptions } from 'lmdb';
import { type Patch, patchOf } from './journal-patch.js';

/** One of the databases of a folder. Changes need a transaction. */
export class Store {
  constructor(
    private readonly database: Database<Buffer, Buffer>,
    private readonly record: (key: Buffer, value: Buffer | Patch | undefined) => void,
  ) {}

  get(key: Buffer): Buffer | undefined {
    return this.database.getBinary(key);
  }

  getRange(range: RangeOptions): Iterable<{ key: Buffer; value: Buffer }> {
    return this.database.getRange(range);
  }

  getKeys(range: RangeOptions): Iterable<Buffer> {
    return this.database.getKeys(range);
  }

  getKeysCount(range: RangeOptions): number {
    return this.database.getKeysCount(range);
  }

  putSync(key: Buffer, value: Buffer): void {
    this.apply(key, value);
    this.record(key, value);
  }

  /** As {@link putSync}; the journal notes only in what the value differs from the one before. */
  replaceSync(key: Buffer, before: Buffer, value: Buffer): void {
    const patch = patchOf(before, value);
    this.apply(key, value);
    this.record(key, patch ?? value);
  }

  removeSync(key: Buffer): void {
    this.apply(key, undefined);
    this.record(key, undefined);
  }

  /** A change that is not recorded: it is in the journal already, or belongs to a checkpoint. */
  apply(key: Buffer, value: Buffer | undefined): void {
    if (value) this.database.putSync(key, value);
    else this.database.removeSync(key);
  }
}
