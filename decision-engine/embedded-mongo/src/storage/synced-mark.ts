import {
  closeSync,
  constants,
  existsSync,
  fdatasync,
  fdatasyncSync,
  openSync,
  readFileSync,
  write,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

const NAME = 'synced.bin';
/** The number, 64 bit, and its checksum, 32 bit; little endian. */
const NUMBER = 8;
const LENGTH = 12;

function markOf(transaction: number): Buffer {
  const bytes = Buffer.alloc(LENGTH);
  bytes.writeBigUInt64LE(BigInt(transaction), 0);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, NUMBER)), NUMBER);
  return bytes;
}

/**
 * Waits until LMDB's file is on disk, and notes in a file of its own which transaction is. LMDB is told to wait for
 * nothing: the system may then write the head of a transaction before its pages, and after a power cut the head points at
 * what isn't there. The note says so, and the transaction before is taken, whose pages no later one wrote over.
 */
export class SyncedMark {
  private constructor(
    private readonly data: number,
    private readonly mark: number,
  ) {}

  /** The last transaction that is on disk for certain; undefined where nothing was noted, or the note was cut off, which is only written once the last one is on disk. */
  static read(dataDir: string): number | undefined {
    const path = join(dataDir, NAME);
    if (!existsSync(path)) return undefined;
    const bytes = readFileSync(path);
    if (bytes.length !== LENGTH) return undefined;
    const transaction = Number(bytes.readBigUInt64LE(0));
    return markOf(transaction).equals(bytes) ? transaction : undefined;
  }

  static open(dataDir: string): SyncedMark {
    const data = openSync(join(dataDir, 'data.mdb'), 'r+');
    return new SyncedMark(data, openSync(join(dataDir, NAME), constants.O_RDWR | constants.O_CREAT));
  }

  /** Waits here, and nothing else is done meanwhile. */
  syncNow(transaction: number): void {
    fdatasyncSync(this.data);
    writeSync(this.mark, markOf(transaction), 0, LENGTH, 0);
    fdatasyncSync(this.mark);
  }

  /** One at a time: a note that comes late must not hide a later one. */
  sync(transaction: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const then = (next: () => void) => (fault: Error | null) => (fault ? reject(fault) : next());
      const noted = then(() => fdatasync(this.mark, then(resolve)));
      fdatasync(
        this.data,
        then(() => write(this.mark, markOf(transaction), 0, LENGTH, 0, noted)),
      );
    });
  }

  close(): void {
    closeSync(this.data);
    closeSync(this.mark);
  }
}
