import {
  closeSync,
  constants,
  existsSync,
  fdatasync,
  openSync,
  readFileSync,
  statSync,
  write,
  writeFileSync,
} from 'node:fs';

/** The file has two halves of this size from the beginning, so that a record changes only bytes that are there already. */
const HALF = 8 * 1024 * 1024;

/**
 * Whether a write ends only when it is on disk. Windows has no such flag, and with macOS's the disk may still hold the
 * bytes in its own memory: there every write is followed by a flush.
 */
const WRITES_THROUGH = process.platform === 'linux';

interface Entry {
  readonly record: Buffer | undefined;
  /** Where in the file it belongs. */
  readonly at: number;
  readonly generation: number;
  readonly done: (fault: Error | null) => void;
}

function beginningOf(generation: number): number {
  return (generation % 2) * HALF;
}

/**
 * The file in which changes are on disk before the database itself has them there. The records of a generation follow
 * each other from the beginning of one half, those of the next in the other half, while the database is written to disk;
 * once it is there, the one after is written over the first.
 */
export class Journal {
  private end = 0;
  private kept: Buffer[] = [];
  private queue: Entry[] = [];
  private underWay: readonly Entry[] = [];
  private busy = false;
  private broken = false;
  private idle: (() => void) | undefined;

  private constructor(
    private readonly file: number,
    public generation: number,
    private readonly rescue: () => Promise<boolean>,
  ) {}

  /** What the file holds; nothing where there is none. */
  static read(path: string): Buffer {
    return existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  }

  /** Where in what the file holds the records of a generation may be. */
  static half(file: Buffer, generation: number): Buffer {
    const begin = beginningOf(generation);
    return file.subarray(begin, begin + HALF);
  }

  /**
   * Opens the file for a generation that it holds nothing of.
   * @param rescue called when it can't be written: puts everything on disk elsewhere; false where that failed too, and
   *   what the journal doesn't hold was undone. Nothing may be appended until it is settled.
   */
  static open(path: string, generation: number, rescue: () => Promise<boolean>): Journal {
    if (!existsSync(path) || statSync(path).size !== 2 * HALF)
      writeFileSync(path, Buffer.alloc(2 * HALF), { flush: true });
    const flags = WRITES_THROUGH ? constants.O_RDWR | constants.O_DSYNC : constants.O_RDWR;
    return new Journal(openSync(path, flags), generation, rescue);
  }

  /** How many bytes this generation has. */
  get length(): number {
    return this.end;
  }

  /** Whether a record has room; after a fault, what is read at the next start would end there, so none has. */
  fits(length: number): boolean {
    return !this.broken && this.end + length <= HALF;
  }

  /**
   * Calls `done` when the record and all before it are on disk. Records that come while others are being written go
   * there together.
   * @param record undefined for one without changes, which only waits for those before
   */
  append(record: Buffer | undefined, done: Entry['done']): void {
    const { generation } = this;
    this.queue.push({ record, done, generation, at: beginningOf(generation) + this.end });
    if (record) {
      this.end += record.length;
      this.kept.push(record);
    }
    this.flush();
  }

  private flush(): void {
    const [first] = this.queue;
    if (this.busy || first === undefined) return;
    // Another generation is in the other half.
    const others = this.queue.findIndex(({ generation }) => generation !== first.generation);
    this.underWay = others === -1 ? this.queue : this.queue.slice(0, others);
    this.queue = others === -1 ? [] : this.queue.slice(others);
    const records = this.underWay.flatMap(({ record }) => record ?? []);
    const bytes = records.length === 1 && records[0] ? records[0] : Buffer.concat(records);
    if (bytes.length === 0) {
      this.settle(null);
      this.flush();
      return;
    }
    this.busy = true;
    const end = (fault: Error | null) => {
      this.busy = false;
      this.settle(fault);
      this.flush();
      if (!this.busy) this.idle?.();
    };
    write(this.file, bytes, 0, bytes.length, first.at, (fault, count) => {
      if (fault) end(fault);
      else if (count < bytes.length) end(new Error('ENOSPC: the journal was not written'));
      else if (WRITES_THROUGH) end(null);
      else fdatasync(this.file, end);
    });
  }

  private settle(fault: Error | null): void {
    const entries = fault ? [...this.underWay, ...this.queue] : this.underWay;
    this.underWay = [];
    if (!fault) {
      for (const { done } of entries) done(null);
      return;
    }
    this.broken = true;
    this.queue = [];
    const records = new Set(entries.map(({ record }) => record));
    this.kept = this.kept.filter((record) => !records.has(record));
    // Decided once for all of them: what one loses, none of the others may bring back.
    void this.rescue().then((saved) => {
      for (const { done } of entries) done(saved ? null : fault);
    });
  }

  /** The records of this generation, one after the other. */
  records(): Buffer {
    return Buffer.concat(this.kept);
  }

  /** Begins a generation: the database has in its file what was appended before, and the half that it gets on disk. */
  turn(generation: number): void {
    this.generation = generation;
    this.end = 0;
    this.broken = false;
    this.kept = [];
  }

  /** Closes the file once nothing is being written. */
  async close(): Promise<void> {
    if (this.busy)
      await new Promise<void>((resolve) => {
        this.idle = resolve;
      });
    closeSync(this.file);
  }
}
