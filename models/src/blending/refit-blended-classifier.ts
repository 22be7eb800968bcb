import { loadBackend } from '../backends/load-backend.js';
import type { Calibrator } from '../calibration/calibrator.js';
import { encodeRows } from '../networks/encode-rows.js';
import { fitEncoding } from '../networks/fit-encoding.js';
import { buildArtifact } from '../registry/build-artifact.js';
import { BinaryClassifier } from '../serving/binary-classifier.js';
import { compileVerified } from '../serving/verify-artifact.js';
import { fitBinaryClassifier } from '../training/fit-binary-classifier.js';
import { inputStatistics } from '../training/input-statistics.js';
import { blendedArtifact } from './blended-artifact.js';
import { type FitBlendedInput, linearOf } from './fit-blended-classifier.js';
import { linearMember } from './network-members.js';

/** What was chosen when the blend was last fitted with rows held out. */
export type ChosenBlend = {
  /** Weight of the linear model's log odds, 0 to 1. */
  readonly weight: number;
  readonly calibrator: Calibrator;
};

export type RefitInput = Omit<FitBlendedInput, 'validationRows' | 'weight' | 'calibrates'> & {
  readonly chosen: ChosenBlend;
};

/** What {@link refitBlendedClassifier} needs to know of a blend that was fitted with rows held out. */
export function chosenBlend(
  classifier: BinaryClassifier,
  { linear }: { readonly linear: number },
): ChosenBlend {
  return { weight: linear, calibrator: classifier.manifest.calibrator };
}

/**
 * The blend once more, on all rows and with nothing held out: what was chosen before (how much the regression counts, the
 * calibration) is taken over. Networks are trained only where they count for something.
 */
export async function refitBlendedClassifier(input: RefitInput): Promise<BinaryClassifier> {
  const { table, labels, chosen } = input;
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const common = {
    labels,
    positives: rows.reduce((sum, row) => sum + (labels[row] ?? 0), 0),
    calibrator: chosen.calibrator,
    calibrationLogLoss: {},
    notes: { blend: { linear: chosen.weight } },
  };
  const networks = chosen.weight === 1 ? undefined : await fitBinaryClassifier(input);
  const encodings = networks?.manifest.features ?? fitEncoding(table);
  const encoded = encodeRows(table, encodings);
  const line = linearOf(input, encoded, rows);
  if (networks !== undefined) {
    const parts = { ...common, full: networks.toArtifact(), encodings, lines: [line], weight: chosen.weight };
    const artifact = await blendedArtifact(input, parts);
    return new BinaryClassifier(artifact, await compileVerified(artifact), networks);
  }
  const artifact = await buildArtifact({
    ...input,
    ...common,
    kind: 'binary',
    backend: await loadBackend(),
    networks: [linearMember([line], { hidden: 2, layers: 1 }, 1)],
    encodings,
    encoded,
    inputMeans: inputStatistics(encoded, rows).means,
  });
  return new BinaryClassifier(artifact, await compileVerified(artifact));
}
