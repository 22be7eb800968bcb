import { readDraft } from '../catalogue-store/catalogue-drafts.js';
import { checkContent } from '../catalogue-store/check-content.js';
import type { DecisionRequest } from '../decisions/run-decision.js';
import type { StartedJob } from '../jobs/jobs.js';
import { type Simulation, simulateBase } from '../simulation/simulate-base.js';
import type { Engine } from './engine.js';

export type SimulateDraftRequest = DecisionRequest & {
  readonly draftId: string;
  /** Only customers in this segment, as the catalogue in force has it. */
  readonly segment?: string | undefined;
};

export type SimulationStarted =
  | StartedJob<Simulation>
  | { readonly kind: 'unknown-draft' }
  | { readonly kind: 'unknown-segment' }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Begins to ask every customer under the catalogue in force and under a draft, beside everything else the engine does. */
export async function simulateDraft(
  engine: Engine,
  { draftId, segment, ...request }: SimulateDraftRequest,
): Promise<SimulationStarted> {
  const draft = await readDraft(engine.store, draftId);
  if (draft === null) return { kind: 'unknown-draft' };
  const checked = checkContent(draft.content, `draft ${draftId} version ${draft.version}`);
  if (!checked.ok) return { kind: 'invalid', problems: checked.problems };
  const inForce = engine.rules();
  if (segment !== undefined && !inForce.segments.some(({ segmentId }) => segmentId === segment)) {
    return { kind: 'unknown-segment' };
  }
  const now = engine.clock();
  return engine.simulations.start(engine.newId('sim'), now, async (signal, onProgress) => {
    const simulated = await simulateBase({
      store: engine.store,
      scorers: engine.scorers(),
      inForce,
      draft: checked.rules,
      request,
      segment,
      now,
      signal,
      onProgress,
    });
    return simulated.kind === 'done' ? simulated.simulation : null;
  });
}
