import { IDENTITY_CALIBRATOR } from '../calibration/calibrator.js';
import { encodeRows } from '../networks/encode-rows.js';
import { ValueModel } from '../serving/value-model.js';
import { compileVerified } from '../serving/verify-artifact.js';
import { foldRows } from '../tables/stratified-folds.js';
import { knownAmounts } from '../training/amount-targets.js';
import { type FitValueInput, fitValueNetworks, targetsOf } from '../training/fit-value.js';
import { lognormalLoss } from '../training/lognormal-head.js';
import { chooseBlendWeight } from './blend-weight.js';
import { blendedArtifact } from './blended-artifact.js';
import { fitLinearAmounts } from './linear-amounts.js';
import { linearLogits } from './ridge-regression.js';

/**
 * Expected amounts by networks and ridge regressions as one model, both told what the teacher expects beside what came.
 * How much each counts is chosen on the networks' inner folds, where neither has seen the rows.
 *
 * @throws Error when lengths differ, or an amount is negative or not finite
 */
export async function fitBlendedValue(input: FitValueInput): Promise<ValueModel> {
  const { amounts, table } = input;
  const { artifact, outOfFold, folds } = await fitValueNetworks(input);
  const known = knownAmounts(amounts);
  const targets = targetsOf(input);
  const encoded = encodeRows(table, artifact.manifest.features);
  const all = Array.from({ length: table.rows }, (_, row) => row);
  const probed = all.filter((row) => !Number.isNaN(outOfFold[3 * row]));
  const lines = new Float64Array(outOfFold.length);
  for (const fold of new Set(probed.map((row) => folds[row] ?? 0))) {
    const { inside, outside } = foldRows(folds, fold);
    fitLinearAmounts(encoded, targets, outside).forEach((line, output) => {
      linearLogits(encoded, line, inside).forEach((value, i) => {
        lines[3 * (inside[i] ?? 0) + output] = value;
      });
    });
  }
  const lossAt = (weight: number): number =>
    probed.reduce((sum, row) => {
      const at = (output: number) =>
        (1 - weight) * (outOfFold[3 * row + output] ?? 0) + weight * (lines[3 * row + output] ?? 0);
      return sum + lognormalLoss(known, row, [at(0), at(1), at(2)]);
    }, 0);
  const weight = chooseBlendWeight(lossAt);
  const per = (loss: number) => loss / probed.length;
  const validation = { blend: per(lossAt(weight)), network: per(lossAt(0)), linear: per(lossAt(1)) };
  const blended = await blendedArtifact(input, {
    full: artifact,
    encodings: artifact.manifest.features,
    lines: fitLinearAmounts(encoded, targets, Int32Array.from(all)),
    weight,
    labels: amounts,
    positives: artifact.manifest.data.positives ?? 0,
    calibrator: IDENTITY_CALIBRATOR,
    calibrationLogLoss: {},
    notes: { blend: { linear: weight, validation } },
  });
  return new ValueModel(blended, await compileVerified(blended));
}
