import { crc32 } from 'node:zlib';
import type { Patch } from './journal-patch.js';

/** One change of the database, as the journal keeps it. */
export interface Change {
  /** The number of the database it is in. */
  readonly store: number;
  readonly key: Buffer;
  /** Undefined where the key was removed. */
  readonly value: Buffer | Patch | undefined;
}

/** Length of what follows the head, checksum, generation; all unsigned 32 bit, little endian. The checksum is of all after it. */
const HEAD = 12;
const CHANGE_HEAD = 7;
const REMOVED = 0x80;
/** The value begins with head and tail, unsigned 32 bit, little endian. */
const PATCHED = 0x40;
const PATCH_HEAD = 8;

/** Collects the changes of one transaction as one journal record. */
export class RecordWriter {
  private bytes = Buffer.allocUnsafeSlow(64 * 1024);
  private at = HEAD;
  changes = 0;

  begin(): void {
    this.at = HEAD;
    this.changes = 0;
    if (this.bytes.length > 1024 * 1024) this.bytes = Buffer.allocUnsafeSlow(64 * 1024);
  }

  add(store: number, key: Buffer, value: Buffer | Patch | undefined): void {
    const patch = value === undefined || Buffer.isBuffer(value) ? undefined : value;
    const content = Buffer.isBuffer(value) ? value : patch?.bytes;
    const valueLength = (patch ? PATCH_HEAD : 0) + (content?.length ?? 0);
    const length = CHANGE_HEAD + key.length + valueLength;
    if (this.at + length > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(this.at + length, this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, this.at);
      this.bytes = larger;
    }
    const { bytes } = this;
    let at = bytes.writeUInt8(store | (content ? 0 : REMOVED) | (patch ? PATCHED : 0), this.at);
    at = bytes.writeUInt16LE(key.length, at);
    at = bytes.writeUInt32LE(valueLength, at);
    at += key.copy(bytes, at);
    if (patch) at = bytes.writeUInt32LE(patch.tail, bytes.writeUInt32LE(patch.head, at));
    if (content) at += content.copy(bytes, at);
    this.at = at;
    this.changes++;
  }

  get length(): number {
    return this.at;
  }

  /** The record, in bytes of its own. */
  finish(generation: number): Buffer {
    const record = Buffer.from(this.bytes.subarray(0, this.at));
    record.writeUInt32LE(record.length - HEAD, 0);
    record.writeUInt32LE(generation, 8);
    record.writeUInt32LE(crc32(record.subarray(8)), 4);
    return record;
  }
}

function valueIn(bytes: Buffer, isPatch: boolean): Buffer | Patch {
  if (!isPatch) return bytes;
  return { head: bytes.readUInt32LE(0), tail: bytes.readUInt32LE(4), bytes: bytes.subarray(PATCH_HEAD) };
}

/** The changes of the whole records of a generation, in their order, up to the first that is cut off, damaged or of another. */
export function* readRecords(bytes: Buffer, generation: number): Generator<Change> {
  for (let at = 0; at + HEAD < bytes.length; ) {
    const end = at + HEAD + bytes.readUInt32LE(at);
    if (end > bytes.length || end === at + HEAD || bytes.readUInt32LE(at + 8) !== generation) return;
    if (crc32(bytes.subarray(at + 8, end)) !== bytes.readUInt32LE(at + 4)) return;
    for (at += HEAD; at < end; ) {
      const kind = bytes.readUInt8(at);
      const keyStart = at + CHANGE_HEAD;
      const valueStart = keyStart + bytes.readUInt16LE(at + 1);
      at = valueStart + bytes.readUInt32LE(at + 3);
      yield {
        store: kind & ~(REMOVED | PATCHED),
        key: bytes.subarray(keyStart, valueStart),
        value: kind & REMOVED ? undefined : valueIn(bytes.subarray(valueStart, at), (kind & PATCHED) !== 0),
      };
    }
  }
}
