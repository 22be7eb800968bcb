import type { Simulation, SimulationResult } from './simulate-base.js';

export type SimulationJob = {
  readonly simulationId: string;
  readonly startedAt: Date;
  /** `running` until it ends; `failed` where a fault stopped it, which the log tells more of. */
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  readonly progress: { readonly done: number; readonly of: number };
  readonly simulation: Simulation | null;
};

/** What a job is handed: a signal that ends it, and where to report. */
export type SimulationWork = (
  signal: AbortSignal,
  onProgress: (progress: SimulationJob['progress']) => void,
) => Promise<SimulationResult>;

export type StartedJob =
  | { readonly kind: 'started'; readonly job: SimulationJob }
  /** One runs at a time: each walks over all customers. */
  | { readonly kind: 'busy'; readonly running: SimulationJob };

const REMEMBERED = 20;

/**
 * Simulations of this process: one at a time, the latest twenty remembered until it ends. Nothing hangs on them, so none
 * is kept in the store; one that a restart took is begun again.
 */
export class SimulationJobs {
  private readonly jobs = new Map<string, SimulationJob>();
  private running: { readonly simulationId: string; readonly stop: AbortController } | undefined;

  constructor(private readonly onFault: (error: unknown) => void) {}

  start(simulationId: string, now: Date, work: SimulationWork): StartedJob {
    const running = this.running === undefined ? undefined : this.jobs.get(this.running.simulationId);
    if (running !== undefined) return { kind: 'busy', running };
    const stop = new AbortController();
    const job: SimulationJob = {
      simulationId,
      startedAt: now,
      state: 'running',
      progress: { done: 0, of: 0 },
      simulation: null,
    };
    this.remember(job);
    this.running = { simulationId, stop };
    void this.follow(simulationId, work, stop.signal);
    return { kind: 'started', job };
  }

  /** Undefined for one that is not remembered. */
  read(simulationId: string): SimulationJob | undefined {
    return this.jobs.get(simulationId);
  }

  /** Ends one that runs; one that has ended stays as it is. */
  stop(simulationId: string): SimulationJob | undefined {
    if (this.running?.simulationId === simulationId) this.running.stop.abort();
    return this.jobs.get(simulationId);
  }

  /** Ends whatever runs: the process is about to. */
  stopAll(): void {
    this.running?.stop.abort();
  }

  private async follow(simulationId: string, work: SimulationWork, signal: AbortSignal): Promise<void> {
    try {
      const result = await work(signal, (progress) => this.change(simulationId, { progress }));
      this.change(
        simulationId,
        result.kind === 'done' ? { state: 'done', simulation: result.simulation } : { state: 'stopped' },
      );
    } catch (error) {
      this.change(simulationId, { state: 'failed' });
      this.onFault(error);
    } finally {
      this.running = undefined;
    }
  }

  private change(simulationId: string, changes: Partial<SimulationJob>): void {
    const job = this.jobs.get(simulationId);
    if (job !== undefined) this.jobs.set(simulationId, { ...job, ...changes });
  }

  private remember(job: SimulationJob): void {
    this.jobs.set(job.simulationId, job);
    const oldest = this.jobs.keys().next();
    if (this.jobs.size > REMEMBERED && oldest.done !== true) this.jobs.delete(oldest.value);
  }
}
