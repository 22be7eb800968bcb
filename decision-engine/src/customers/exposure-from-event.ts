import type { SegueEvent } from '@segue/models';
import { OWN_EVENTS } from './own-events.js';
import type { ExposureEntry } from './profile.js';
import { textIn } from './text-in.js';

const EXPOSURES_KEPT = 200;

/** The exposure an event reports; null for every other event, and for other tools' experiments. */
export function exposureFromEvent(event: SegueEvent): ExposureEntry | null {
  if (event.type !== 'track' || event.name !== OWN_EVENTS.experimentViewed) return null;
  const bucketingKey = textIn(event.properties, 'bucketing_key');
  const experimentId = textIn(event.properties, 'experiment_id');
  if (bucketingKey === undefined || experimentId === undefined) return null;
  const variantId = textIn(event.properties, 'variation_id') ?? '';
  return { experimentId, variantId, bucketingKey, at: event.timestamp };
}

/** Keeps the first exposure to each variant, oldest first. */
export function withExposure(known: readonly ExposureEntry[], seen: ExposureEntry): readonly ExposureEntry[] {
  const same = (entry: ExposureEntry): boolean =>
    entry.experimentId === seen.experimentId && entry.variantId === seen.variantId;
  const before = known.find(same);
  if (before !== undefined && before.at.getTime() <= seen.at.getTime()) return known;
  return [...known.filter((entry) => !same(entry)), seen]
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .slice(0, EXPOSURES_KEPT);
}

/**
 * What the customer's place in experiments is worked out from: the key of their first exposure, so that a visitor who
 * becomes known, or is merged into a customer that was known elsewhere, stays where they were; their id before that.
 */
export function bucketingKeyOf({
  customerId,
  exposures,
}: {
  readonly customerId: string;
  readonly exposures: readonly ExposureEntry[];
}): string {
  return exposures[0]?.bucketingKey ?? customerId;
}
