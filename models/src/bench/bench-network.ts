import { loadBackend } from '../backends/load-backend.js';
import { linearMember } from '../blending/network-members.js';
import { IDENTITY_CALIBRATOR } from '../calibration/calibrator.js';
import { FEATURES } from '../features/feature-set.js';
import { encodeRows } from '../networks/encode-rows.js';
import { initialParameters } from '../networks/ensemble-shape.js';
import { encodedWidth, type FeatureEncoding } from '../networks/feature-encoding.js';
import { fitEncoding } from '../networks/fit-encoding.js';
import { membersFromArtifact } from '../networks/layers-model.js';
import type { MemberNetwork } from '../networks/member-networks.js';
import { CANDIDATE_CATEGORIES, CANDIDATE_COLUMNS } from '../propensity/candidate-columns.js';
import { buildArtifact } from '../registry/build-artifact.js';
import type { ModelArtifact } from '../registry/model-artifact.js';
import { categoricalColumn, createTable, numericColumn, type Table } from '../tables/table.js';
import { inputStatistics } from '../training/input-statistics.js';
import { seededRandom } from '../training/seeded-random.js';

/** A network as training makes it by default, with random weights: speed doesn't depend on what it has learned. */
export type BenchNetwork = {
  readonly table: Table;
  readonly encodings: readonly FeatureEncoding[];
  readonly members: readonly MemberNetwork[];
  /** As training stores it. */
  readonly artifact: ModelArtifact;
  readonly shape: string;
};

export type BenchShape = {
  /** Networks of `members` each, plus the linear member that a blend adds. */
  readonly bags: number;
  readonly members: number;
  readonly hidden: number;
  readonly layers: number;
};

/** What `train --model propensity` and `--model churn` make. */
export const PROPENSITY_SHAPE: BenchShape = { bags: 1, members: 3, hidden: 24, layers: 3 };
export const CHURN_SHAPE: BenchShape = { bags: 3, members: 4, hidden: 32, layers: 3 };

const BENCH_ROWS = 4000;
/** Of customer features: how often one is missing. */
const MISSING = 0.2;

/** @param withCandidates whether rows are offers (customer and candidate) or customers alone */
export async function benchNetwork(
  shape: BenchShape,
  withCandidates: boolean,
  rows = BENCH_ROWS,
): Promise<BenchNetwork> {
  const backend = await loadBackend();
  const random = seededRandom(11);
  const numbers = (heavy: boolean) =>
    Float64Array.from({ length: rows }, () => {
      const value = random.normal();
      return random.uniform() < MISSING ? Number.NaN : heavy ? Math.exp(value) : value;
    });
  const table = createTable([
    ...FEATURES.map(({ name }, index) => numericColumn(name, numbers(index % 2 === 0))),
    ...(withCandidates
      ? [
          ...CANDIDATE_COLUMNS.map(({ name }) => numericColumn(name, numbers(false))),
          ...CANDIDATE_CATEGORIES.map((name) =>
            categoricalColumn(
              name,
              Array.from({ length: rows }, () => `${name} ${random.below(50)}`),
            ),
          ),
        ]
      : []),
  ]);
  const encodings = fitEncoding(table);
  const inputs = encodedWidth(encodings);
  const { bags, members, hidden, layers } = shape;
  const encoded = encodeRows(table, encodings);
  const statistics = inputStatistics(
    encoded,
    Int32Array.from({ length: rows }, (_, row) => row),
  );
  const ensemble = { inputs, members, hidden, layers, outputs: 1 };
  const networks = Array.from({ length: bags }, () => ({
    shape: ensemble,
    parameters: initialParameters(ensemble, statistics, random),
  }));
  const line = { weights: Float64Array.from({ length: inputs }, () => random.normal() / 10), intercept: 0 };
  const all = [...networks, linearMember([line], shape, 1)];
  const artifact = await buildArtifact({
    kind: 'binary',
    name: withCandidates ? 'propensity' : 'churn',
    version: 'bench',
    trainedAt: new Date(0).toISOString(),
    seed: 11,
    backend,
    table,
    labels: new Uint8Array(rows),
    networks: all,
    encodings,
    encoded,
    inputMeans: statistics.means,
    calibrator: IDENTITY_CALIBRATOR,
    calibrationLogLoss: {},
    notes: { positive: ['accepted'], windowDays: 7, baseRate: 0.1, testFrom: '', actions: {} },
  });
  return {
    table,
    encodings,
    members: membersFromArtifact(artifact),
    artifact,
    shape: `${encodings.length} features, ${inputs} inputs, ${bags * members + 1} members of ${layers} x ${hidden} units`,
  };
}
