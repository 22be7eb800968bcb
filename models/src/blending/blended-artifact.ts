import { loadBackend } from '../backends/load-backend.js';
import type { Calibrator } from '../calibration/calibrator.js';
import { encodeRows } from '../networks/encode-rows.js';
import type { FeatureEncoding } from '../networks/feature-encoding.js';
import { membersFromArtifact } from '../networks/layers-model.js';
import { buildArtifact } from '../registry/build-artifact.js';
import type { Manifest } from '../registry/manifest.js';
import type { ModelArtifact } from '../registry/model-artifact.js';
import type { FitInput } from '../training/fit-networks.js';
import { inputStatistics } from '../training/input-statistics.js';
import { linearMember, scaledMember } from './network-members.js';
import type { LinearLogit } from './ridge-regression.js';

export type BlendedParts = {
  /** The networks, trained on all rows; where lines have all the weight, only their kind and shape count. */
  readonly full: ModelArtifact;
  /** How features become the inputs of the lines, and of the networks where these count. */
  readonly encodings: readonly FeatureEncoding[];
  /** One line per output, in the order of the outputs. */
  readonly lines: readonly LinearLogit[];
  /** Weight of the lines in each output, 0 to 1; the networks have the rest. */
  readonly weight: number;
  /** What is predicted, per row, as it enters the data fingerprint. */
  readonly labels: ArrayLike<number>;
  readonly positives: number;
  readonly calibrator: Calibrator;
  readonly calibrationLogLoss: Readonly<Record<string, number>>;
  readonly notes: Manifest['notes'];
};

/** Networks and linear models as one artifact: the lines become one more member of the ensemble. */
export async function blendedArtifact(input: FitInput, parts: BlendedParts): Promise<ModelArtifact> {
  const { manifest } = parts.full;
  const encoded = encodeRows(input.table, parts.encodings);
  const members = parts.weight === 1 ? [] : membersFromArtifact(parts.full);
  const shape = members.length === 0 ? { hidden: 2 * parts.lines.length, layers: 1 } : manifest.shapes[0];
  if (shape === undefined) {
    throw new Error(`Expected a shape in the manifest of ${manifest.name} ${manifest.version}`);
  }
  // All members count the same in the mean, so the weights go into their outputs.
  const all = members.length + 1;
  const networks = [
    ...members.map((member) => scaledMember(member, ((1 - parts.weight) * all) / members.length)),
    linearMember(parts.lines, shape, parts.weight * all),
  ];
  const rows = Int32Array.from({ length: input.table.rows }, (_, row) => row);
  return buildArtifact({
    ...input,
    ...parts,
    kind: manifest.kind,
    backend: await loadBackend(),
    networks,
    encodings: parts.encodings,
    encoded,
    inputMeans: inputStatistics(encoded, rows).means,
  });
}
