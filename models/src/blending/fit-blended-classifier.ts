import { type Calibrator, IDENTITY_CALIBRATOR, softplus } from '../calibration/calibrator.js';
import { chooseCalibrator } from '../calibration/choose-calibrator.js';
import { type EncodedRows, encodeRows } from '../networks/encode-rows.js';
import type { FeatureEncoding } from '../networks/feature-encoding.js';
import { fitEncoding } from '../networks/fit-encoding.js';
import type { ModelArtifact } from '../registry/model-artifact.js';
import { BinaryClassifier } from '../serving/binary-classifier.js';
import { compileVerified } from '../serving/verify-artifact.js';
import { foldRows } from '../tables/stratified-folds.js';
import { selectRows } from '../tables/table.js';
import {
  type FitBinaryInput,
  fitBinaryClassifier,
  fitBinaryNetworks,
} from '../training/fit-binary-classifier.js';
import { chooseBlendWeight } from './blend-weight.js';
import { blendedArtifact } from './blended-artifact.js';
import { fitRidge, type LinearLogit, linearLogits, meanOf, type Ridge } from './ridge-regression.js';

export type FitBlendedInput = FitBinaryInput & {
  /**
   * Rows to choose the blend and the calibration on, where not just any will do (the latest, say); networks and
   * regressions that are compared don't see them. Left out: the rows that the networks hold out in turn.
   */
  readonly validationRows?: Int32Array | undefined;
  /** The linear model's weight, 0 to 1, where it is not to be chosen: rows held out may say nothing of the time to come. */
  readonly weight?: number | undefined;
  /** Penalty of the linear model; left out: the same for all inputs, by the number of rows. */
  readonly ridge?: Ridge | undefined;
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
export function fitBlendedClassifier(
  input: FitBlendedInput,
): Promise<{ readonly classifier: BinaryClassifier; readonly blend: Blend }> {
  const { validationRows } = input;
  return validationRows === undefined ? fitOnFolds(input) : fitOnRows(input, validationRows);
}

type Fitted = { readonly classifier: BinaryClassifier; readonly blend: Blend };
type BlendedNetworks = {
  readonly full: ModelArtifact;
  readonly encodings: readonly FeatureEncoding[];
  readonly outOfTime: boolean;
  readonly linear: LinearLogit;
};

/** The weight is chosen on all rows that the networks held out in turn; no network is trained only to be compared. */
async function fitOnFolds(input: FitBlendedInput): Promise<Fitted> {
  const { table, labels, seed } = input;
  const { artifact, outOfTime, outOfFold, folds } = await fitBinaryNetworks(input);
  const encoded = encodeRows(table, artifact.manifest.features);
  const probed = Int32Array.from(range(table.rows).filter((row) => !Number.isNaN(outOfFold[row])));
  const lines = new Float64Array(table.rows);
  for (const fold of new Set(probed.map((row) => folds[row] ?? 0))) {
    const { inside, outside } = foldRows(folds, fold);
    linearLogits(encoded, linearOf(input, encoded, outside), inside).forEach((logit, i) => {
      lines[inside[i] ?? 0] = logit;
    });
  }
  const truth = Uint8Array.from(probed, (row) => labels[row] ?? 0);
  const logitsAt = (weight: number) =>
    Float64Array.from(probed, (row) => (1 - weight) * (outOfFold[row] ?? 0) + weight * (lines[row] ?? 0));
  const lossAt = (weight: number) => sum(lossesOf(logitsAt(weight), truth));
  const linear = input.weight ?? chooseBlendWeight(lossAt);
  const choice: Choice = {
    blend: {
      linear,
      validation: {
        blend: lossAt(linear) / probed.length,
        network: lossAt(0) / probed.length,
        linear: lossAt(1) / probed.length,
      },
    },
    ...calibration(input, { logits: logitsAt(linear), labels: truth }, seed),
  };
  const all = linearOf(input, encoded, Int32Array.from(range(table.rows)));
  const parts = { full: artifact, encodings: artifact.manifest.features, outOfTime, linear: all, ...choice };
  return { classifier: await blended(input, parts), blend: choice.blend };
}

/** The weight is chosen on rows of the caller's choice, such as the latest, which compared networks don't see. */
async function fitOnRows(input: FitBlendedInput, validationRows: Int32Array): Promise<Fitted> {
  const { table, labels } = input;
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
  const choice = choose(input, { compared, fitRows, validationRows });
  // Where the linear model alone is best, networks on all rows would be trained to count for nothing.
  const full =
    choice.blend.linear === 1
      ? compared
      : await fitBinaryClassifier({
          ...input,
          budgetSeconds: budget * (1 - COMPARED),
          onProgress: ({ done, message }) =>
            input.onProgress?.({ done: COMPARED + (1 - COMPARED) * done, message }),
        });
  // The compared networks' encodings don't know what only the latest rows have seen.
  const encodings = full === compared ? fitEncoding(table) : full.manifest.features;
  const encoded = encodeRows(table, encodings);
  const linear = linearOf(input, encoded, Int32Array.from(range(table.rows)));
  const parts = { full: full.toArtifact(), encodings, outOfTime: full.outOfTime, linear, ...choice };
  return { classifier: await blended(input, parts), blend: choice.blend };
}

type Choice = {
  readonly blend: Blend;
  readonly calibrator: Calibrator;
  readonly losses: Readonly<Record<string, number>>;
};

function choose(
  input: FitBlendedInput,
  {
    compared,
    fitRows,
    validationRows,
  }: {
    readonly compared: BinaryClassifier;
    readonly fitRows: Int32Array;
    readonly validationRows: Int32Array;
  },
): Choice {
  const { table, labels, seed } = input;
  const networks = compared.logits(selectRows(table, validationRows));
  const encoded = encodeRows(table, compared.manifest.features);
  const truth = Uint8Array.from(validationRows, (row) => labels[row] ?? 0);
  const linear = linearLogits(encoded, linearOf(input, encoded, fitRows), validationRows);
  const candidates = WEIGHTS.map((weight) => {
    const logits = networks.map((logit, i) => (1 - weight) * logit + weight * (linear[i] ?? 0));
    const losses = lossesOf(logits, truth);
    return { weight, logits, losses, loss: mean(losses) };
  });
  const least = candidates.reduce((leading, candidate) =>
    candidate.loss < leading.loss ? candidate : leading,
  );
  // The one-standard-error rule (Breiman et al. 1984): what can't be told from the best is decided for the simpler.
  const best = candidates.findLast(({ losses }) => !isWorse(losses, least.losses)) ?? least;
  const lossAt = (weight: number) =>
    candidates.find((candidate) => candidate.weight === weight)?.loss ?? Number.NaN;
  return {
    blend: {
      linear: best.weight,
      validation: { blend: best.loss, network: lossAt(0), linear: lossAt(1) },
    },
    ...calibration(input, { logits: best.logits, labels: truth }, seed),
  };
}

/** A calibrator for logits of rows held out, where it gains enough to be worth its noise. */
function calibration(
  { calibrates }: FitBlendedInput,
  held: { readonly logits: Float64Array; readonly labels: Uint8Array },
  seed: number,
): Pick<Choice, 'calibrator' | 'losses'> {
  const chosen = chooseCalibrator(held, seed);
  const { none = 0, ...fitted } = chosen.heldOutLogLoss;
  const yes = sum(held.labels);
  const worthwhile =
    calibrates &&
    Math.min(yes, held.labels.length - yes) >= CALIBRATION_ROWS &&
    Math.min(...Object.values(fitted)) < none - WORTHWHILE;
  return {
    calibrator: worthwhile ? chosen.calibrator : IDENTITY_CALIBRATOR,
    losses: chosen.heldOutLogLoss,
  };
}

function lossesOf(logits: Float64Array, labels: ArrayLike<number>): Float64Array {
  return logits.map((logit, i) => softplus(logit) - (labels[i] ?? 0) * logit);
}

/** The regression on some rows, with the penalty asked for. */
export function linearOf(
  { labels, ridge }: Pick<FitBlendedInput, 'labels' | 'ridge'>,
  encoded: EncodedRows,
  rows: Int32Array,
): LinearLogit {
  return ridge === undefined ? fitLinear(encoded, labels, rows) : fitRidge(encoded, { labels, rows, ridge });
}

/** The mean of regressions with different ridges. */
export function fitLinear(encoded: EncodedRows, labels: ArrayLike<number>, rows: Int32Array): LinearLogit {
  const ridges = rows.length > MANY_ROWS ? [RIDGE_OF_MANY] : RIDGES;
  return meanOf(ridges.map((ridge) => fitRidge(encoded, { labels, rows, ridge })));
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i += 1) {
    total += values[i] ?? 0;
  }
  return total;
}

function mean(values: ArrayLike<number>): number {
  return sum(values) / Math.max(1, values.length);
}

async function blended(
  input: FitBlendedInput,
  { full, encodings, outOfTime, linear, blend, calibrator, losses }: Choice & BlendedNetworks,
): Promise<BinaryClassifier> {
  const { labels } = input;
  const artifact = await blendedArtifact(input, {
    full,
    encodings,
    lines: [linear],
    weight: blend.linear,
    labels,
    positives: Array.from(labels).reduce((sum, label) => sum + label, 0),
    calibrator,
    calibrationLogLoss: losses,
    notes: { blend: { linear: blend.linear, validation: { ...blend.validation } } },
  });
  return new BinaryClassifier(artifact, await compileVerified(artifact), { outOfTime });
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
