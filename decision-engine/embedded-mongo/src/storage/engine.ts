import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { MongoError } from '../errors.js';
import { Journal } from './journal.js';
import { patched } from './journal-patch.js';
import { type Change, RecordWriter, readRecords } from './journal-record.js';
import { newestTransaction } from './newest-transaction.js';
import { Store } from './store.js';
import { SyncedMark } from './synced-mark.js';

/**
 * What the folder holds; later versions are refused, earlier ones taken over: 1 had no journal, 2 none with patches, 3 only
 * one half of it.
 */
const FORMAT_VERSION = 4;
const READABLE = ['1', '2', '3', String(FORMAT_VERSION)];
const ONE_HALF = ['1', '2', '3'];
const FORMAT_KEY = Buffer.from('format');
/** The generation of the journal that the database does not hold. */
const GENERATION_KEY = Buffer.from('journal');

/** A checkpoint is made after so many changes or bytes, or so much later than the first of them. */
const CHECKPOINT_CHANGES = 20_000;
const CHECKPOINT_BYTES = 2 * 1024 * 1024;
const CHECKPOINT_MS = 5_000;
/** A transaction with more bytes than this is not journaled but ends in a checkpoint that is waited for. */
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

type Root = RootDatabase<Buffer, Buffer>;

/**
 * LMDB behind a journal. LMDB waits for the disk twice to commit; so its transaction stays open over many writes, and
 * what makes these durable is a journal, with one wait for all that came in meanwhile. A checkpoint commits the
 * transaction without waiting for the disk and begins the other half of the journal. Once the transaction is on disk the
 * next may be committed, and the half before is free. What a crash leaves in the journal is done again at the next start,
 * on the last transaction that was on disk for certain: its pages are written over by the next but one at the earliest.
 *
 * Writes queued in one turn of the event loop run one after the other and share a journal record.
 */
export class Engine {
  private jobs: Job[] = [];
  private closed = false;
  private scheduled = false;
  private changes = 0;
  private timer: NodeJS.Timeout | undefined;
  /** How many checkpoints are waited for; no write runs meanwhile. */
  private held = 0;
  private checkpoints: Promise<unknown> = Promise.resolve();
  /** The last committed transaction where it is not yet on disk for certain. */
  private unsynced: number | undefined;
  /** While it is being put there. */
  private syncing: Promise<void> | undefined;
  /** Counts transactions that were undone. */
  private undone = 0;
  /** Ends LMDB's open transaction. */
  private transaction: { commit(): void; abort(): void } | undefined;
  private readonly writer = new RecordWriter();
  private readonly journal: Journal;
  private readonly mark: SyncedMark;
  private readonly stores: readonly Store[];

  readonly docs: Store;
  readonly keys: Store;
  readonly meta: Store;

  private constructor(
    private readonly root: Root,
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
    const { format, generation } = this.checkFormat(dataDir);
    this.begin();
    const file = Journal.read(path);
    if (format !== undefined && ONE_HALF.includes(format)) this.replay(file, generation);
    else for (const each of [generation, generation + 1]) this.replay(Journal.half(file, each), each);
    // New generations in any case: behind a damaged record whole ones may lie, which were never acknowledged.
    this.meta.apply(FORMAT_KEY, Buffer.from(String(FORMAT_VERSION)));
    this.commit(generation + 2);
    this.mark = SyncedMark.open(dataDir);
    this.mark.syncNow(lastTransaction(root));
    this.unsynced = undefined;
    this.journal = Journal.open(path, generation + 2, () => this.rescue());
  }

  /** @throws Error when the folder was written by another format version. */
  static open(dataDir: string, hooks: Hooks): Engine {
    return new Engine(openSynced(dataDir), hooks, dataDir);
  }

  private checkFormat(dataDir: string): { format: string | undefined; generation: number } {
    const found = this.meta.get(FORMAT_KEY)?.toString();
    if (found !== undefined && !READABLE.includes(found))
      throw new Error(`Expected the format version of ${dataDir} to be ${FORMAT_VERSION}, got ${found}`);
    return { format: found, generation: Number(this.meta.get(GENERATION_KEY)?.toString() ?? '0') };
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
    const { jobs, writer, journal } = this;
    if (jobs.length === 0 || this.held > 0) return;
    this.jobs = [];
    writer.begin();
    try {
      this.begin();
      for (const job of jobs) job.run();
      this.hooks.beforeCommit();
    } catch (fault) {
      this.recover();
      for (const job of jobs) job.reject(fault);
      return;
    }
    this.changes += writer.changes;
    if (writer.length > LARGE || !journal.fits(writer.length)) {
      void this.kept().then(
        () => this.settle(jobs, null),
        (fault: unknown) => this.settle(jobs, fault),
      );
      return;
    }
    const record = writer.changes === 0 ? undefined : writer.finish(journal.generation);
    journal.append(record, (fault) => this.settle(jobs, fault));
    for (const job of jobs) if (!job.durable) job.resolve();
    if (this.changes > CHECKPOINT_CHANGES || journal.length > CHECKPOINT_BYTES) this.checkpointSoon();
    else this.timer ??= setTimeout(() => this.checkpointSoon(), CHECKPOINT_MS).unref();
  }

  private settle(jobs: readonly Job[], fault: unknown): void {
    for (const job of jobs) {
      if (fault === null) job.resolve();
      else job.reject(fault);
    }
  }

  /** Begins a checkpoint where none is under way. Where it fails, what the journal holds stays in it, and the next write tries again. */
  private checkpointSoon(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.syncing || this.held > 0) return;
    try {
      if (this.unsynced === undefined) this.checkpoint();
    } catch {
      this.recover();
      return;
    }
    this.sync().catch(() => undefined);
  }

  /**
   * Puts all that was written until now on disk in LMDB; no write runs before it is settled.
   * @throws what LMDB or the disk says; what the journal doesn't have was undone then
   */
  private kept(): Promise<void> {
    this.held++;
    const before = this.undone;
    const kept = async (): Promise<void> => {
      try {
        if (this.undone !== before) throw new Error('a write before it failed');
        await this.syncing?.catch(() => undefined);
        await this.sync();
        this.checkpoint();
        await this.sync();
      } catch (fault) {
        if (this.undone === before) this.recover();
        throw fault;
      } finally {
        this.held--;
        if (this.jobs.length > 0) this.start();
      }
    };
    const settled = this.checkpoints.then(kept);
    this.checkpoints = settled.catch(() => undefined);
    return settled;
  }

  /** When the journal can't be written. */
  private rescue(): Promise<boolean> {
    return this.kept().then(
      () => true,
      () => false,
    );
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
    this.unsynced = lastTransaction(this.root);
  }

  /** Commits what was written until now, to LMDB's file but not to the disk, and turns to the journal's other half. */
  private checkpoint(): void {
    if (!this.transaction) return;
    const generation = this.journal.generation + 1;
    this.commit(generation);
    this.changes = 0;
    this.journal.turn(generation);
  }

  /** Waits until the last checkpoint is on disk. @throws what the disk says */
  private sync(): Promise<void> {
    const { unsynced } = this;
    if (unsynced === undefined) return Promise.resolve();
    this.syncing ??= this.mark
      .sync(unsynced)
      .then(() => {
        this.unsynced = undefined;
      })
      .finally(() => {
        this.syncing = undefined;
      });
    return this.syncing;
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
    this.undone++;
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
    this.closed = true;
    this.run();
    while (this.held > 0) {
      await this.checkpoints;
      this.run();
    }
    clearTimeout(this.timer);
    await this.kept();
    await this.journal.close();
    this.mark.close();
    await this.root.close();
  }
}

const BINARY = { encoding: 'binary', keyEncoding: 'binary', cache: false } as const;
const NEWEST = {};
const BEFORE_THE_NEWEST = { usePreviousSnapshot: true };

function openRoot(dataDir: string, which: typeof NEWEST): Root {
  return open<Buffer, Buffer>({
    path: dataDir,
    noSubdir: false,
    maxDbs: 8,
    overlappingSync: false,
    noSync: true,
    ...BINARY,
    ...which,
  });
}

/** The number of the last transaction of the database as it was opened. */
function lastTransaction(root: Root): number {
  const stats: { lastTxnId?: unknown } = root.getStats();
  if (typeof stats.lastTxnId !== 'number') throw new Error('LMDB did not say which transaction was the last');
  return stats.lastTxnId;
}

/** Opens the last transaction that is on disk for certain: the newest, or the one before. */
function openSynced(dataDir: string): Root {
  const synced = SyncedMark.read(dataDir);
  const newest = newestTransaction(dataDir);
  const isBehind = synced !== undefined && newest !== undefined && newest > synced;
  const root = openRoot(dataDir, isBehind ? BEFORE_THE_NEWEST : NEWEST);
  const opened = lastTransaction(root);
  if (isBehind && opened !== synced)
    throw new Error(`Expected transaction ${synced} of ${dataDir} to be there, got ${opened}`);
  return root;
}
