import type { Journey } from '../definition/journey.js';
import { END, edgesOf, wayOf } from '../definition/step.js';
import { type RunGroup, sumBy } from './count-runs.js';

/** A journey as boxes and arrows, for pages that draw it. */
export type JourneyDiagram = {
  readonly nodes: readonly { readonly id: string; readonly type: string; readonly name: string }[];
  readonly edges: readonly DiagramEdge[];
};

type DiagramEdge = {
  /** What runs remember of it: unique among the edges. */
  readonly way: string;
  readonly from: string;
  readonly to: string;
  readonly label: string;
};

export function diagramOf({ steps }: Journey): JourneyDiagram {
  const edges = steps.flatMap((step, index) =>
    edgesOf(step, steps[index + 1]?.id ?? END).map(({ path, to, label }) => ({
      way: wayOf(step.id, path),
      from: step.id,
      to,
      label,
    })),
  );
  const nodes = steps.map(({ id, type, name }) => ({ id, type, name: name ?? id }));
  return { nodes: [...nodes, { id: END, type: END, name: 'End' }], edges };
}

export type StepCounts = {
  /** Runs that came here, each way in counted by itself; those that are at the first step began there. */
  readonly came: number;
  /** Under way, and at this step now. */
  readonly here: number;
  /** Came to their end here before the last step, by outcome: `exited`, `too late`, `goal`, `stopped`. */
  readonly left: Readonly<Record<string, number>>;
  readonly failed: number;
};

export type CountedDiagram = {
  readonly nodes: readonly (JourneyDiagram['nodes'][number] & StepCounts)[];
  readonly edges: readonly (DiagramEdge & { readonly runs: number })[];
};

/** A version's diagram with where its runs went and where they are. */
export function countDiagram(
  journey: Journey,
  { groups, ways }: { readonly groups: readonly RunGroup[]; readonly ways: ReadonlyMap<string, number> },
): CountedDiagram {
  const { nodes, edges } = diagramOf(journey);
  const counted = edges.map((edge) => ({ ...edge, runs: ways.get(edge.way) ?? 0 }));
  const first = nodes[0]?.id;
  const begun = groups.reduce((sum, { runs }) => sum + runs, 0);
  return {
    edges: counted,
    nodes: nodes.map((node) => {
      const at = groups.filter(({ stepId }) => stepId === node.id);
      const came = counted.reduce((sum, { to, runs }) => sum + (to === node.id ? runs : 0), 0);
      const over = at.filter(({ status, outcome }) => status === 'ended' && outcome !== 'completed');
      const runsOf = (wanted: RunGroup['status']) =>
        at.reduce((sum, { status, runs }) => sum + (status === wanted ? runs : 0), 0);
      return {
        ...node,
        came: came + (node.id === first ? begun : 0),
        here: runsOf('active'),
        left: sumBy(over, ({ outcome }) => outcome ?? ''),
        failed: runsOf('failed'),
      };
    }),
  };
}
