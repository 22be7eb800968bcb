import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { MongoError } from '../errors.js';
import { Journal } from './journal.js';
import { patched } from './journal-patch.js';
import { type Change, RecordWriter, readRecords } from './journal-record.js';
import { Store } from './store.js';

/** What the folder holds; later versions are refused, earlier ones taken over: 1 had no journal, 2 none with patches. */
const FORMAT_VERSION = 3;
const READABLE = ['1', '2', String(FORMAT_VERSION)];
const FORMAT_KEY = Buffer.from('format');
/** The generation of the journal that the database does not hold. */
const GENERATION_KEY = Buffer.from('journal');

/** A checkpoint is made after so many changes, or so much later than the first of them. Everybody waits while it is made. */
const CHECKPOINT_CHANGES = 50_000;
const CHECKPOINT_MS = 5_000;
/** A transaction with more bytes than this is not journaled but ends in a checkpoint. */
const LARGE = 1024 * 1024;

interface Job {
  run(): void;
  resolve(): void;
  reject(fault: unknown): void;
  readonly durable: boolean;
}

interface Hooks {
  beforeCommit(): void;
  afterFailure(): void;
}

/**
 * LMDB behind a journal. LMDB waits for the disk twice to commit; so its transaction stays open over many writes, and
 * what makes these durable is a journal, with one wait for all that came in meanwhile. A checkpoint commits the
 * transaction and begins the journal anew. What a crash leaves in the journal is done again at the next start.
 *
 * Writes queued in one turn of the event loop run one after the other and share a journal record.
 */
export class Engine {
  private jobs: Job[] = [];
  private closed = false;
  private scheduled = false;
  private changes = 0;
  private timer: NodeJS.Timeout | undefined;
  /** Ends LMDB's open transaction. */
  private transaction: { commit(): void; abort(): void } | undefined;
  private readonly writer = new RecordWriter();
  private readonly journal: Journal;
  private readonly stores: readonly Store[];

  readonly docs: Store;
  readonly keys: Store;
  readonly meta: Store;

  private constructor(
    private readonly root: RootDatabase<Buffer, Buffer>,
    private readonly hooks: Hooks,
    dataDir: string,
  ) {
    const [docs, keys, meta] = ['docs', 'keys', 'meta'].map((name, i) => {
      const database = root.openDB<Buffer, Buffer>({ name, ...BINARY });
      return new Store(database, (key, value) => this.writer.add(i, key, value));
    });
    if (!docs || !keys || !meta) throw new Error('LMDB did not open its databases');
    this.docs = docs;
    this.keys = keys;
    this.meta = meta;
    this.stores = [docs, keys, meta];
    const path = join(dataDir, 'journal.bin');
    const generation = this.checkFormat(dataDir);
    this.begin();
    this.replay(Journal.read(path), generation);
    // A new generation in any case: behind a damaged record whole ones may lie, which were never acknowledged.
    this.meta.apply(FORMAT_KEY, Buffer.from(String(FORMAT_VERSION)));
    this.commit(generation + 1);
    this.journal = Journal.open(path, generation + 1, () => this.checkpointed());
  }

  /** @throws Error when the folder was written by another format version. */
  static open(dataDir: string, hooks: Hooks): Engine {
    const root = open<Buffer, Buffer>({
      path: dataDir,
      noSubdir: false,
      maxDbs: 8,
      overlappingSync: false,
      ...BINARY,
    });
    return new Engine(root, hooks, dataDir);
  }

  private checkFormat(dataDir: string): number {
    const found = this.meta.get(FORMAT_KEY)?.toString();
    if (found !== undefined && !READABLE.includes(found))
      throw new Error(`Expected the format version of ${dataDir} to be ${FORMAT_VERSION}, got ${found}`);
    return Number(this.meta.get(GENERATION_KEY)?.toString() ?? '0');
  }

  /**
   * Runs `action` alone, in a transaction, and resolves when it is on disk, or, where it need not be `durable`, when others
   * see it; it is on disk then before any later write is. A `MongoError` thrown by the action fails
   * only that action: what it wrote before stays (a multi-document write is not atomic, as in MongoDB).
   */
  write<T>(action: () => T, durable = true): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.closed) {
        reject(new MongoError('InterruptedAtShutdown', 'interrupted at shutdown'));
        return;
      }
      let outcome: { value: T } | { fault: unknown } | undefined;
      this.jobs.push({
        run: () => {
          try {
            outcome = { value: action() };
          } catch (fault) {
            if (!(fault instanceof MongoError)) throw fault;
            outcome = { fault };
          }
        },
        resolve: () => {
          if (outcome && 'value' in outcome) resolve(outcome.value);
          else reject(outcome?.fault);
        },
        reject,
        durable,
      });
      this.start();
    });
  }

  /** Waits for the turn of the event loop to end, so that all writes that came in with it share a record. */
  private start(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => this.run());
  }

  private run(): void {
    this.scheduled = false;
    const jobs = this.jobs;
    this.jobs = [];
    if (jobs.length === 0) return;
    const { writer, journal } = this;
    writer.begin();
    try {
      this.begin();
      for (const job of jobs) job.run();
      this.hooks.beforeCommit();
      this.changes += writer.changes;
      if (writer.length > LARGE || this.changes > CHECKPOINT_CHANGES || !journal.fits(writer.length))
        this.checkpoint();
      else {
        const record = writer.changes === 0 ? undefined : writer.finish(journal.generation);
        journal.append(record, (fault) => this.journaled(jobs, fault));
        for (const job of jobs) if (!job.durable) job.resolve();
        this.timer ??= setTimeout(() => this.checkpointed(), CHECKPOINT_MS).unref();
        return;
      }
    } catch (fault) {
      this.recover();
      for (const job of jobs) job.reject(fault);
      return;
    }
    for (const job of jobs) job.resolve();
  }

  /** A checkpoint if it can be written. Where not, what the journal holds stays in it, and the next write tries again. */
  private checkpointed(): boolean {
    try {
      this.checkpoint();
      return true;
    } catch {
      this.recover();
      return false;
    }
  }

  private journaled(jobs: readonly Job[], fault: Error | null): void {
    for (const job of jobs) {
      if (fault) job.reject(fault);
      else job.resolve();
    }
  }

  private begin(): void {
    if (this.transaction) return;
    // What looks like a promise to LMDB lets it keep the transaction open until one of the two is called.
    this.root.transactionSync(() => ({
      // biome-ignore lint/suspicious/noThenProperty: lmdb waits for whatever has one
      then: (commit: () => void, abort: (fault: Error) => void) => {
        this.transaction = { commit, abort: () => abort(new Error('aborted')) };
      },
    }));
  }

  private commit(generation: number): void {
    const { transaction } = this;
    this.meta.apply(GENERATION_KEY, Buffer.from(String(generation)));
    this.transaction = undefined;
    transaction?.commit();
  }

  /** Puts on disk in LMDB what is in the journal, which then begins anew. */
  private checkpoint(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.transaction) return;
    const generation = this.journal.generation + 1;
    this.commit(generation);
    this.changes = 0;
    this.journal.restart(generation);
  }

  private replay(records: Buffer, generation: number): void {
    for (const { store, key, value } of readRecords(records, generation))
      this.replayOne(this.stores[store], key, value);
  }

  private replayOne(store: Store | undefined, key: Buffer, value: Change['value']): void {
    const isWhole = value === undefined || Buffer.isBuffer(value);
    store?.apply(key, isWhole ? value : patched(store.get(key), value));
  }

  /** Back to what the journal has, without what failed. */
  private recover(): void {
    try {
      this.transaction?.abort();
    } catch {
      // `abort` throws what it was given.
    }
    this.transaction = undefined;
    this.root.resetReadTxn();
    this.begin();
    this.replay(this.journal.records(), this.journal.generation);
    this.hooks.afterFailure();
  }

  stats(): unknown {
    return this.root.getStats();
  }

  /** Commits what is queued and closes the files. */
  async close(): Promise<void> {
    this.run();
    this.closed = true;
    this.checkpoint();
    await this.journal.close();
    await this.root.close();
  }
}

const BINARY = { encoding: 'binary', keyEncoding: 'binary', cache: false } as const;
