import type { Journey } from '../definition/journey.js';
import { END, edgesOf } from '../definition/step.js';

/** A journey as boxes and arrows, for pages that draw it. */
export type JourneyDiagram = {
  readonly nodes: readonly { readonly id: string; readonly type: string; readonly name: string }[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label: string }[];
};

export function diagramOf({ steps }: Journey): JourneyDiagram {
  const edges = steps.flatMap((step, index) =>
    edgesOf(step, steps[index + 1]?.id ?? END).map(({ to, label }) => ({ from: step.id, to, label })),
  );
  const nodes = steps.map(({ id, type, name }) => ({ id, type, name: name ?? id }));
  return { nodes: [...nodes, { id: END, type: END, name: 'End' }], edges };
}
