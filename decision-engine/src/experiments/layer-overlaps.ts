import type { Experiment } from './experiment.js';

export type LayerOverlap = { readonly index: number; readonly message: string };

function meetInTime(a: Experiment, b: Experiment): boolean {
  const startsBeforeEnd = (one: Experiment, other: Experiment): boolean =>
    one.startsAt === undefined || other.endsAt === undefined || one.startsAt < other.endsAt;
  return startsBeforeEnd(a, b) && startsBeforeEnd(b, a);
}

/** Experiments of one layer that would take the same customers at the same time. */
export function layerOverlaps(experiments: readonly Experiment[]): LayerOverlap[] {
  return experiments.flatMap((experiment, index) =>
    experiments.slice(0, index).flatMap((other) => {
      const sameCustomers =
        experiment.layer === other.layer && experiment.from < other.to && other.from < experiment.to;
      if (!sameCustomers || !meetInTime(experiment, other)) return [];
      const message = `apart from experiment "${other.experimentId}" in layer "${other.layer}" (${other.from} to ${other.to})`;
      return [{ index, message }];
    }),
  );
}
