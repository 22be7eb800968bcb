import { OWN_EVENTS } from '../customers/own-events.js';
import { GLOBAL_HOLD_OUT } from '../engine/log-exposures.js';
import type { EventDocument } from '../events/event-document.js';
import type { Policies } from '../policy/policies.js';
import type { Store } from '../store/store.js';
import {
  compareVariants,
  type ExperimentResult,
  type Exposure,
  type VariantPlan,
} from './compare-variants.js';
import { readOrders } from './read-window.js';

export type ExperimentReading = {
  readonly experimentId: string;
  /** `hold-out`: customers who get no promotional action, against all others. */
  readonly kind: 'experiment' | 'hold-out';
  readonly layer: string;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly running: boolean;
  /** Since when orders and exposures are counted. */
  readonly since: Date;
  readonly result: ExperimentResult;
};

const LOOKED_BACK_MS = 90 * 86_400_000;
const MOST_EXPOSURES = 200_000;

/** What came of every experiment in the policies, and of the hold-out. @throws WindowTooLarge */
export async function readExperiments(
  store: Store,
  policies: Policies,
  now: Date,
): Promise<ExperimentReading[]> {
  const since = new Date(now.getTime() - LOOKED_BACK_MS);
  const exposures = await readExposures(store, since, now);
  const orders = exposures.size === 0 ? [] : await readOrders(store, { from: since, to: now });
  const read = (experimentId: string, plan: readonly VariantPlan[]): ExperimentResult =>
    compareVariants(plan, exposures.get(experimentId) ?? [], orders);
  const experiments = policies.experiments.map((experiment): ExperimentReading => {
    const { experimentId, layer, startsAt = null, endsAt = null, variants } = experiment;
    return {
      experimentId,
      kind: 'experiment',
      layer,
      startsAt,
      endsAt,
      running: (startsAt === null || startsAt <= now) && (endsAt === null || now < endsAt),
      since: startsAt !== null && startsAt > since ? startsAt : since,
      result: read(experimentId, variants),
    };
  });
  const { globalHoldOut } = policies;
  if (globalHoldOut === undefined || globalHoldOut.share === 0) return experiments;
  const experimentId = `${GLOBAL_HOLD_OUT}:${globalHoldOut.salt}`;
  const plan = [
    { variantId: 'held-out', weight: globalHoldOut.share },
    { variantId: 'treated', weight: 1 - globalHoldOut.share },
  ];
  return [
    {
      experimentId,
      kind: 'hold-out',
      layer: GLOBAL_HOLD_OUT,
      startsAt: null,
      endsAt: null,
      running: true,
      since,
      result: read(experimentId, plan),
    },
    ...experiments,
  ];
}

async function readExposures(store: Store, since: Date, now: Date): Promise<Map<string, Exposure[]>> {
  const rows = await store.events
    .find(
      { name: OWN_EVENTS.experimentViewed, timestamp: { $gte: since, $lte: now } },
      { customerId: 1, timestamp: 1, properties: 1 },
    )
    .limit(MOST_EXPOSURES)
    .lean<Pick<EventDocument, 'customerId' | 'timestamp' | 'properties'>[]>();
  const byExperiment = new Map<string, Exposure[]>();
  for (const { customerId, timestamp, properties } of rows) {
    const { experiment_id: experimentId, variation_id: variantId } = properties;
    if (typeof experimentId !== 'string' || typeof variantId !== 'string') continue;
    const known = byExperiment.get(experimentId) ?? [];
    known.push({ customerId, variantId, at: timestamp.getTime() });
    byExperiment.set(experimentId, known);
  }
  return byExperiment;
}
