import type { BinaryMetrics, Estimate } from '../evaluation/evaluate-binary.js';
import type { Manifest } from './manifest.js';
import type { ModelArtifact } from './model-artifact.js';

/** Figures by name; what is no estimate (sample sizes) is left aside. */
type Figures = BinaryMetrics | Readonly<Record<string, Estimate | number>>;

export type ArtifactDescription = {
  readonly metrics?: Figures | undefined;
  readonly baselines?: Readonly<Record<string, Figures>> | undefined;
  readonly notes?: Manifest['notes'] | undefined;
};

/** The artifact with test figures, those of baselines, and notes in its manifest. */
export function describeArtifact(
  artifact: ModelArtifact,
  { metrics, baselines, notes }: ArtifactDescription,
): ModelArtifact {
  const { manifest } = artifact;
  return {
    ...artifact,
    manifest: {
      ...manifest,
      ...(metrics && { metrics: stored(metrics) }),
      ...(baselines && {
        baselines: Object.fromEntries(
          Object.entries(baselines).map(([name, figures]) => [name, stored(figures)]),
        ),
      }),
      ...(notes && { notes: { ...manifest.notes, ...notes } }),
    },
  };
}

function stored(figures: Figures): Manifest['metrics'] {
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return Object.fromEntries(
    Object.entries<Estimate | number>({ ...figures }).flatMap(([name, figure]) =>
      typeof figure === 'number'
        ? []
        : [[name, { value: known(figure.value), low: known(figure.low), high: known(figure.high) }]],
    ),
  );
}
