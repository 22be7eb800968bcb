import { loadBackend } from '../backends/load-backend.js';
import { type Calibrator, IDENTITY_CALIBRATOR, softplus } from '../calibration/calibrator.js';
import { chooseCalibrator } from '../calibration/choose-calibrator.js';
import { type EncodedRows, encodeRows } from '../networks/encode-rows.js';
import { membersFromArtifact } from '../networks/layers-model.js';
import { buildArtifact } from '../registry/build-artifact.js';
import { BinaryClassifier } from '../serving/binary-classifier.js';
import { compileVerified } from '../serving/verify-artifact.js';
import { selectRows } from '../tables/table.js';
import { type FitBinaryInput, fitBinaryClassifier } from '../training/fit-binary-classifier.js';
import { inputStatistics } from '../training/input-statistics.js';
import { linearMember, scaledMember } from './network-members.js';
import { fitRidge, type LinearLogit, linearLogits } from './ridge-regression.js';

export type FitBlendedInput = FitBinaryInput & {
  /** Rows to choose the blend and the calibration on; networks and regressions that are compared don't see them. */
  readonly validationRows: Int32Array;
  /** Whether to calibrate on the validation rows; false where they say nothing of the time the model will serve. */
  readonly calibrates: boolean;
};

export type Blend = {
  /** Weight of the linear model's log odds, 0 to 1; the networks have the rest. */
  readonly linear: number;
  /** Mean log loss on the validation rows: of the blend, and of either alone. */
  readonly validation: { readonly blend: number; readonly network: number; readonly linear: number };
};

/** Rising: the last of equals is the simplest. */
const WEIGHTS = [0, 0.2, 0.4, 0.6, 0.8, 1];
/** Which ridge is best can't be told from few rows, so the linear part is the mean over these. */
const RIDGES = [100, 300];
/** With so many rows the ridge hardly matters, and one fit takes long enough. */
const MANY_ROWS = 10_000;
const RIDGE_OF_MANY = 100;
/** Part of the time budget for the network that is only compared. */
const COMPARED = 0.35;
/** Calibration must gain this much log loss on rows held out from it, with so many rows of a class, to be worth its noise. */
const WORTHWHILE = 0.003;
const CALIBRATION_ROWS = 200;

/**
 * Networks and a ridge regression as one model: log odds are a weighted mean of both, the weight chosen on rows that
 * neither has seen, then both fitted again on all rows. Where data is scarce or drifts, the linear part carries on
 * along its line where networks have nothing to go by; where there is much to learn the networks take over. The
 * regression becomes one more member of the ensemble, so that the artifact is a network like any other.
 */
export async function fitBlendedClassifier(
  input: FitBlendedInput,
): Promise<{ readonly classifier: BinaryClassifier; readonly blend: Blend }> {
  const { table, labels, validationRows } = input;
  const budget = input.budgetSeconds ?? 300;
  const held = new Set(validationRows);
  const fitRows = Int32Array.from(range(table.rows).filter((row) => !held.has(row)));
  const compared = await fitBinaryClassifier({
    ...input,
    table: selectRows(table, fitRows),
    labels: Uint8Array.from(fitRows, (row) => labels[row] ?? 0),
    groups:
      input.groups === undefined
        ? undefined
        : Float64Array.from(fitRows, (row) => input.groups?.[row] ?? row),
    bags: 1,
    budgetSeconds: budget * COMPARED,
    onProgress: ({ done, message }) =>
      input.onProgress?.({ done: COMPARED * done, message: `comparison, ${message}` }),
  });
  const { blend, calibrator, losses } = choose(input, { compared, fitRows });
  // Where the linear model alone is best, networks on all rows would be trained to count for nothing.
  const full =
    blend.linear === 1
      ? compared
      : await fitBinaryClassifier({
          ...input,
          budgetSeconds: budget * (1 - COMPARED),
          onProgress: ({ done, message }) =>
            input.onProgress?.({ done: COMPARED + (1 - COMPARED) * done, message }),
        });
  return { classifier: await blended(input, { full, blend, calibrator, losses }), blend };
}

type Choice = {
  readonly blend: Blend;
  readonly calibrator: Calibrator;
  readonly losses: Readonly<Record<string, number>>;
};

function choose(
  { table, labels, validationRows, seed, calibrates }: FitBlendedInput,
  { compared, fitRows }: { readonly compared: BinaryClassifier; readonly fitRows: Int32Array },
): Choice {
  const networks = compared.logits(selectRows(table, validationRows));
  const encoded = encodeRows(table, compared.manifest.features);
  const truth = Uint8Array.from(validationRows, (row) => labels[row] ?? 0);
  const linear = linearLogits(encoded, fitLinear(encoded, labels, fitRows), validationRows);
  const candidates = WEIGHTS.map((weight) => {
    const logits = networks.map((logit, i) => (1 - weight) * logit + weight * (linear[i] ?? 0));
    const losses = logits.map((logit, i) => softplus(logit) - (truth[i] ?? 0) * logit);
    return { weight, logits, losses, loss: mean(losses) };
  });
  const least = candidates.reduce((leading, candidate) =>
    candidate.loss < leading.loss ? candidate : leading,
  );
  // The one-standard-error rule (Breiman et al. 1984): what can't be told from the best is decided for the simpler.
  const best = candidates.findLast(({ losses }) => !isWorse(losses, least.losses)) ?? least;
  const lossAt = (weight: number) =>
    candidates.find((candidate) => candidate.weight === weight)?.loss ?? Number.NaN;
  const chosen = chooseCalibrator({ logits: best.logits, labels: truth }, seed);
  const { none = 0, ...fitted } = chosen.heldOutLogLoss;
  const yes = truth.reduce((sum, label) => sum + label, 0);
  const worthwhile =
    calibrates &&
    Math.min(yes, truth.length - yes) >= CALIBRATION_ROWS &&
    Math.min(...Object.values(fitted)) < none - WORTHWHILE;
  return {
    blend: {
      linear: best.weight,
      validation: { blend: best.loss, network: lossAt(0), linear: lossAt(1) },
    },
    calibrator: worthwhile ? chosen.calibrator : IDENTITY_CALIBRATOR,
    losses: chosen.heldOutLogLoss,
  };
}

/** The mean of regressions with different ridges. */
export function fitLinear(encoded: EncodedRows, labels: ArrayLike<number>, rows: Int32Array): LinearLogit {
  const ridges = rows.length > MANY_ROWS ? [RIDGE_OF_MANY] : RIDGES;
  const fits = ridges.map((ridge) => fitRidge(encoded, { labels, rows, ridge }));
  return {
    weights: Float64Array.from({ length: encoded.width }, (_, input) =>
      mean(fits.map(({ weights }) => weights[input] ?? 0)),
    ),
    intercept: mean(fits.map(({ intercept }) => intercept)),
  };
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) {
    sum += values[i] ?? 0;
  }
  return sum / Math.max(1, values.length);
}

async function blended(
  input: FitBlendedInput,
  { full, blend, calibrator, losses }: Choice & { readonly full: BinaryClassifier },
): Promise<BinaryClassifier> {
  const { table, labels } = input;
  const { manifest } = full;
  const encoded = encodeRows(table, manifest.features);
  const rows = Int32Array.from(range(table.rows));
  const linear = fitLinear(encoded, labels, rows);
  const members = blend.linear === 1 ? [] : membersFromArtifact(full.toArtifact());
  const shape = members.length === 0 ? { hidden: 2, layers: 1 } : manifest.shapes[0];
  if (shape === undefined) {
    throw new Error(`Expected a shape in the manifest of ${manifest.name} ${manifest.version}`);
  }
  // All members count the same in the mean, so the weights go into their outputs.
  const all = members.length + 1;
  const networks = [
    ...members.map((member) => scaledMember(member, ((1 - blend.linear) * all) / members.length)),
    linearMember(linear, shape, blend.linear * all),
  ];
  const artifact = await buildArtifact({
    ...input,
    kind: 'binary',
    positives: Array.from(labels).reduce((sum, label) => sum + label, 0),
    backend: await loadBackend(),
    networks,
    encodings: manifest.features,
    encoded,
    inputMeans: inputStatistics(encoded, rows).means,
    calibrator,
    calibrationLogLoss: losses,
    notes: { blend: { linear: blend.linear, validation: { ...blend.validation } } },
  });
  return new BinaryClassifier(artifact, await compileVerified(artifact), { outOfTime: full.outOfTime });
}

/** Whether losses are higher than others on the same rows by more than the standard error of the difference. */
function isWorse(losses: Float64Array, others: Float64Array): boolean {
  const differences = losses.map((loss, i) => loss - (others[i] ?? 0));
  const difference = mean(differences);
  const variance = mean(differences.map((value) => (value - difference) ** 2));
  return difference > Math.sqrt(variance / differences.length);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}
