import type { ExperimentId, VariantId } from '../catalogue/ids.js';

export type ExperimentAssignment = {
  readonly experimentId: ExperimentId;
  readonly variantId: VariantId;
  readonly layer: string;
};
