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

/** The file has this size from the beginning, so that a record changes only bytes that are there already. */
const SIZE = 8 * 1024 * 1024;

/**
 * Whether a write ends only when it is on disk. Windows has no such flag, and with macOS's the disk may still hold the
 * bytes in its own memory: there every write is followed by a flush.
 */
const WRITES_THROUGH = process.platform === 'linux';

interface Entry {
  readonly record: Buffer | undefined;
  readonly done: (fault: Error | null) => void;
}

/**
 * The file in which changes are on disk before the database itself has them there. The records of a generation follow
 * each other from the beginning; once the database has them all, the next generation is written over them.
 */
export class Journal {
  private end = 0;
  private written = 0;
  private kept: Buffer[] = [];
  private queue: Entry[] = [];
  private underWay: readonly Entry[] = [];
  private busy = false;
  private broken = false;
  private idle: (() => void) | undefined;

  private constructor(
    private readonly file: number,
    public generation: number,
    private readonly rescue: () => boolean,
  ) {}

  /** What the file holds; nothing where there is none. */
  static read(path: string): Buffer {
    return existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  }

  /**
   * Opens the file for a generation that it holds nothing of.
   * @param rescue called when it can't be written: puts everything on disk elsewhere; false where that failed too, and
   *   what the journal doesn't hold was undone
   */
  static open(path: string, generation: number, rescue: () => boolean): Journal {
    if (!existsSync(path) || statSync(path).size !== SIZE)
      writeFileSync(path, Buffer.alloc(SIZE), { flush: true });
    const flags = WRITES_THROUGH ? constants.O_RDWR | constants.O_DSYNC : constants.O_RDWR;
    return new Journal(openSync(path, flags), generation, rescue);
  }

  /** Whether a record has room; after a fault, what is read at the next start would end there, so none has. */
  fits(length: number): boolean {
    return !this.broken && this.end + length <= SIZE;
  }

  /**
   * Calls `done` when the record and all before it are on disk. Records that come while others are being written go
   * there together.
   * @param record undefined for one without changes, which only waits for those before
   */
  append(record: Buffer | undefined, done: Entry['done']): void {
    if (record) {
      this.end += record.length;
      this.kept.push(record);
    }
    this.queue.push({ record, done });
    this.flush();
  }

  private flush(): void {
    if (this.busy || this.queue.length === 0) return;
    this.underWay = this.queue;
    this.queue = [];
    const records = this.underWay.flatMap(({ record }) => record ?? []);
    const bytes = records.length === 1 && records[0] ? records[0] : Buffer.concat(records);
    if (bytes.length === 0) {
      this.settle(null);
      return;
    }
    const at = this.written;
    this.written += bytes.length;
    this.busy = true;
    const end = (fault: Error | null) => {
      this.busy = false;
      this.settle(fault);
      this.flush();
      if (!this.busy) this.idle?.();
    };
    write(this.file, bytes, 0, bytes.length, at, (fault, count) => {
      if (fault) end(fault);
      else if (count < bytes.length) end(new Error('ENOSPC: the journal was not written'));
      else if (WRITES_THROUGH) end(null);
      else fdatasync(this.file, end);
    });
  }

  private settle(fault: Error | null): void {
    const entries = fault ? [...this.underWay, ...this.queue] : this.underWay;
    this.underWay = [];
    let lost = fault;
    if (fault) {
      this.broken = true;
      this.queue = [];
      const records = new Set(entries.map(({ record }) => record));
      this.kept = this.kept.filter((record) => !records.has(record));
      // Decided once for all of them: what one loses, none of the others may bring back.
      if (this.rescue()) lost = null;
    }
    for (const { done } of entries) done(lost);
  }

  /** The records of this generation, one after the other. */
  records(): Buffer {
    return Buffer.concat(this.kept);
  }

  /** Begins a generation: the database has on disk what was appended before. */
  restart(generation: number): void {
    const entries = [...this.underWay, ...this.queue];
    this.generation = generation;
    this.end = 0;
    this.written = 0;
    this.broken = false;
    this.kept = [];
    this.queue = [];
    this.underWay = [];
    for (const { done } of entries) done(null);
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
