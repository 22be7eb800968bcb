import { type Database, open, type RootDatabase } from 'lmdb';
import { MongoError } from '../errors.js';

/** What the folder holds; a folder of another version is refused. */
const FORMAT_VERSION = 1;
const FORMAT_KEY = Buffer.from('format');

export type Store = Database<Buffer, Buffer>;

interface Job {
  run(): void;
  resolve(): void;
  reject(fault: unknown): void;
}

/**
 * LMDB with group commit: writes that were queued while the last transaction went to disk run one after the other in
 * the next one, and all are acknowledged after that is on disk. Another thread waits for the disk, so reads go on.
 */
export class Engine {
  private jobs: Job[] = [];
  private closed = false;
  private committing: Promise<void> | undefined;
  /** What is known in memory of collections and indexes is ahead of what a read would find. */
  private restructured = false;

  readonly docs: Store;
  readonly keys: Store;
  readonly meta: Store;

  private constructor(
    private readonly root: RootDatabase<Buffer, Buffer>,
    stores: { docs: Store; keys: Store; meta: Store },
    private readonly hooks: { beforeCommit(): void; afterFailure(): void },
  ) {
    this.docs = stores.docs;
    this.keys = stores.keys;
    this.meta = stores.meta;
  }

  /** @throws Error when the folder was written by another format version. */
  static open(dataDir: string, hooks: { beforeCommit(): void; afterFailure(): void }): Engine {
    const binary = { encoding: 'binary', keyEncoding: 'binary', cache: false } as const;
    const root = open<Buffer, Buffer>({
      path: dataDir,
      noSubdir: false,
      maxDbs: 8,
      overlappingSync: false,
      ...binary,
    });
    const [docs, keys, meta] = ['docs', 'keys', 'meta'].map((name) =>
      root.openDB<Buffer, Buffer>({ name, ...binary }),
    );
    if (!docs || !keys || !meta) throw new Error('LMDB did not open its databases');
    const found = meta.get(FORMAT_KEY)?.toString();
    if (found === undefined) meta.putSync(FORMAT_KEY, Buffer.from(String(FORMAT_VERSION)));
    else if (found !== String(FORMAT_VERSION)) {
      throw new Error(`Expected the format version of ${dataDir} to be ${FORMAT_VERSION}, got ${found}`);
    }
    return new Engine(root, { docs, keys, meta }, hooks);
  }

  /**
   * Runs `action` alone, in a transaction, and resolves when it is on disk. A `MongoError` thrown by the action fails
   * only that action: what it wrote before stays (a multi-document write is not atomic, as in MongoDB).
   */
  write<T>(action: () => T): Promise<T> {
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
      });
      this.start();
    });
  }

  /** Says that the running transaction changes which collections or indexes there are. */
  restructuring(): void {
    this.restructured = true;
  }

  /** Resolves when reads find all that the catalog in memory says is there; undefined when they do already. */
  get settled(): Promise<void> | undefined {
    return this.restructured ? this.committing : undefined;
  }

  private start(): void {
    if (this.committing || this.jobs.length === 0) return;
    this.committing = this.commit().finally(() => {
      this.committing = undefined;
      this.restructured = false;
      this.start();
    });
  }

  /** Takes the jobs that are there when the transaction begins. Never rejects: a fault goes to the jobs. */
  private async commit(): Promise<void> {
    let jobs: Job[] = [];
    try {
      // A nested transaction is thrown away as a whole when one of the jobs fails otherwise than expected.
      await this.root.childTransaction(() => {
        jobs = this.jobs;
        this.jobs = [];
        for (const job of jobs) job.run();
        this.hooks.beforeCommit();
      });
    } catch (fault) {
      this.hooks.afterFailure();
      for (const job of jobs) job.reject(fault);
      return;
    }
    for (const job of jobs) job.resolve();
  }

  stats(): unknown {
    return this.root.getStats();
  }

  /** Commits what is queued and closes the files. */
  async close(): Promise<void> {
    this.closed = true;
    for (let running = this.committing; running; running = this.committing) await running;
    await this.root.close();
  }
}
