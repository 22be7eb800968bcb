import type { ExperimentId, VariantId } from '../catalogue/ids.js';
import { murmur3 } from '../exploration/murmur3.js';
import type { Experiment, GlobalHoldOut, Variant } from './experiment.js';

export type ExperimentAssignment = {
  readonly experimentId: ExperimentId;
  readonly variantId: VariantId;
  readonly layer: string;
};

export type AssignedVariant = ExperimentAssignment & { readonly variant: Variant };

/** Where a customer stands in a layer or experiment: 0 <= bucket < 1, the same for ever for the same key and salt. */
export function bucketOf(bucketingKey: string, salt: string): number {
  return murmur3(`${salt}:${bucketingKey}`) / 2 ** 32;
}

export function inGlobalHoldOut(holdOut: GlobalHoldOut | undefined, bucketingKey: string): boolean {
  return holdOut !== undefined && bucketOf(bucketingKey, `hold-out:${holdOut.salt}`) < holdOut.share;
}

function runs(experiment: Experiment, now: number): boolean {
  return (
    (experiment.startsAt === undefined || experiment.startsAt.getTime() <= now) &&
    (experiment.endsAt === undefined || now < experiment.endsAt.getTime())
  );
}

function pickVariant(experiment: Experiment, bucketingKey: string): Variant | undefined {
  const total = experiment.variants.reduce((sum, variant) => sum + variant.weight, 0);
  let left = bucketOf(bucketingKey, `experiment:${experiment.experimentId}`) * total;
  for (const variant of experiment.variants) {
    left -= variant.weight;
    if (left < 0) return variant;
  }
  return undefined;
}

/**
 * The variants a customer is in. Bucket and variant come from separate hashes, so that moving the borders of an
 * experiment in its layer keeps everybody's variant.
 */
export function assignExperiments(
  experiments: readonly Experiment[],
  bucketingKey: string,
  now: number,
): AssignedVariant[] {
  return experiments.flatMap((experiment) => {
    if (!runs(experiment, now)) return [];
    const bucket = bucketOf(bucketingKey, `layer:${experiment.layer}`);
    if (bucket < experiment.from || bucket >= experiment.to) return [];
    const variant = pickVariant(experiment, bucketingKey);
    if (variant === undefined) return [];
    const { experimentId, layer } = experiment;
    return [{ experimentId, variantId: variant.variantId, layer, variant }];
  });
}
