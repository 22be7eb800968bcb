export type Job<Result> = {
  readonly jobId: string;
  readonly startedAt: Date;
  /** `running` until it ends; `failed` where a fault stopped it, which the log tells more of. */
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  readonly progress: { readonly done: number; readonly of: number };
  /** Null until it is done. */
  readonly result: Result | null;
};

/** What a job is handed: a signal that ends it, and where to report. Null where the signal ended it. */
export type JobWork<Result> = (
  signal: AbortSignal,
  onProgress: (progress: Job<unknown>['progress']) => void,
) => Promise<Result | null>;

export type StartedJob<Result> =
  | { readonly kind: 'started'; readonly job: Job<Result> }
  /** One runs at a time: each walks over all customers. */
  | { readonly kind: 'busy'; readonly running: Job<Result> };

const REMEMBERED = 20;

/**
 * Long work of one kind that somebody waits for: one at a time, the latest twenty remembered until the process ends.
 * Nothing hangs on them, so none is kept in the store; one that a restart took is begun again.
 */
export class Jobs<Result> {
  private readonly jobs = new Map<string, Job<Result>>();
  private running: { readonly jobId: string; readonly stop: AbortController } | undefined;

  constructor(private readonly onFault: (error: unknown) => void) {}

  start(jobId: string, now: Date, work: JobWork<Result>): StartedJob<Result> {
    const running = this.running === undefined ? undefined : this.jobs.get(this.running.jobId);
    if (running !== undefined) return { kind: 'busy', running };
    const stop = new AbortController();
    const job: Job<Result> = {
      jobId,
      startedAt: now,
      state: 'running',
      progress: { done: 0, of: 0 },
      result: null,
    };
    this.remember(job);
    this.running = { jobId, stop };
    void this.follow(jobId, work, stop.signal);
    return { kind: 'started', job };
  }

  /** Undefined for one that is not remembered. */
  read(jobId: string): Job<Result> | undefined {
    return this.jobs.get(jobId);
  }

  /** Ends one that runs; one that has ended stays as it is. */
  stop(jobId: string): Job<Result> | undefined {
    if (this.running?.jobId === jobId) this.running.stop.abort();
    return this.jobs.get(jobId);
  }

  /** Ends whatever runs: the process is about to. */
  stopAll(): void {
    this.running?.stop.abort();
  }

  private async follow(jobId: string, work: JobWork<Result>, signal: AbortSignal): Promise<void> {
    try {
      const result = await work(signal, (progress) => this.change(jobId, { progress }));
      this.change(jobId, result === null ? { state: 'stopped' } : { state: 'done', result });
    } catch (error) {
      this.change(jobId, { state: 'failed' });
      this.onFault(error);
    } finally {
      this.running = undefined;
    }
  }

  private change(jobId: string, changes: Partial<Job<Result>>): void {
    const job = this.jobs.get(jobId);
    if (job !== undefined) this.jobs.set(jobId, { ...job, ...changes });
  }

  private remember(job: Job<Result>): void {
    this.jobs.set(job.jobId, job);
    const oldest = this.jobs.keys().next();
    if (this.jobs.size > REMEMBERED && oldest.done !== true) this.jobs.delete(oldest.value);
  }
}
