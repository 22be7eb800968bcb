import { simulateDraft } from '../../engine/simulate-draft.js';
import type { Job } from '../../jobs/jobs.js';
import type { Simulation } from '../../simulation/simulate-base.js';
import { ApiError } from '../api-error.js';
import type { Call } from '../call.js';
import type { SimulateRequest, SimulationQuery, SimulationView } from '../shapes/simulation.js';

function viewOf({ jobId, startedAt, state, progress, result }: Job<Simulation>): SimulationView {
  return { simulationId: jobId, startedAt: startedAt.toISOString(), state, progress, result };
}

/** @throws ApiError `unknown_draft`, `unknown_segment`, `catalogue_invalid`, `simulation_running` */
export async function startSimulation({ engine }: Call, request: SimulateRequest): Promise<SimulationView> {
  const started = await simulateDraft(engine, request);
  switch (started.kind) {
    case 'started':
      return viewOf(started.job);
    case 'busy':
      throw new ApiError(
        'simulation_running',
        `Simulation "${started.running.jobId}" is running: wait for its end, or stop it`,
      );
    case 'unknown-draft':
      throw new ApiError('unknown_draft', `There is no draft "${request.draftId}"`);
    case 'unknown-segment':
      throw new ApiError(
        'unknown_segment',
        `The catalogue in force has no segment "${request.segment ?? ''}"`,
      );
    case 'invalid':
      throw new ApiError('catalogue_invalid', `This can't be simulated: ${started.problems[0] ?? ''}`, {
        issues: started.problems.map((problem) => ({ path: 'draftId', expected: problem })),
      });
  }
}

/** @throws ApiError `unknown_simulation` */
export async function getSimulation(
  { engine }: Call,
  { simulationId }: SimulationQuery,
): Promise<SimulationView> {
  return viewOf(found(engine.simulations.read(simulationId), simulationId));
}

/** @throws ApiError `unknown_simulation` */
export async function stopSimulation(
  { engine }: Call,
  { simulationId }: SimulationQuery,
): Promise<SimulationView> {
  return viewOf(found(engine.simulations.stop(simulationId), simulationId));
}

function found(job: Job<Simulation> | undefined, simulationId: string): Job<Simulation> {
  if (job !== undefined) return job;
  throw new ApiError(
    'unknown_simulation',
    `There is no simulation "${simulationId}" since the engine started`,
  );
}
