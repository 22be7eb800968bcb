// Kernel over typed arrays: rows are below those of the encoding, columns below the number of its features.
import { sigmoid, softplus } from '../calibration/calibrator.js';
import type { EncodedFeature, EncodedRows } from '../networks/encode-rows.js';
import { minimise } from '../training/minimise.js';

/** How an action's log odds turn with each standardised number, beyond what holds for all actions. */
export type ActionSlopes = {
  /** The encoded action. */
  readonly slot: number;
  readonly constant: number;
  /** One per numeric feature, in the order of the encodings. */
  readonly slopes: Float64Array;
};

export type ActionSlopesInput = {
  readonly encoded: EncodedRows;
  /** 1 or 0 per row. */
  readonly labels: ArrayLike<number>;
  /** Log odds per row of the model that the slopes are added to. */
  readonly offsets: Float64Array;
  /** In order of time: the latest quarter tells how strong the penalty is to be. */
  readonly rows: Int32Array;
};

/** An action with fewer offers or answers of either kind has no slopes of its own. */
const LEAST_ROWS = 100;
const LEAST_OF_EACH = 10;
/** The most shown actions, so that scoring stays quick. */
const MOST_ACTIONS = 48;
/** The penalty on squared slopes to begin with, against the sum of the log loss, and how far each may move from there. */
const FIRST_RIDGE = 300;
const LEAST_RIDGE = 30;
const MOST_RIDGE = 30_000;
/** Rounds in which the penalties follow from the slopes, and the slopes from the penalties. */
const ROUNDS = 3;
/** How many slopes' worth of evidence all numbers together are to the penalty of each. */
const PRIOR_SLOPES = 3;
/** How often an action is accepted is known well before how it works on whom. */
const CONSTANT_RIDGE = 10;
const VALIDATION_SHARE = 0.25;

/**
 * What moves one action may leave another cold: so each gets slopes of its own on top of the common model, pulled to
 * none by a penalty (a varying-coefficient regression, Hastie & Tibshirani 1993, one level above the actions). Each
 * number has a penalty for all actions alike, which follows from how much the slopes differ between them (evidence
 * framework, MacKay 1992): most numbers count for no action in particular. Where slopes don't help on the latest rows,
 * there are none.
 */
export function fitActionSlopes(input: ActionSlopesInput): readonly ActionSlopes[] {
  const { rows } = input;
  const from = Math.floor(rows.length * (1 - VALIDATION_SHARE));
  const latest = rows.subarray(from);
  const numbers = numericFeatures(input.encoded);
  const early = fitByEvidence({ ...input, rows: rows.subarray(0, from) }, numbers);
  const helps =
    lossOn(input, { latest, fitted: early, numbers }) < lossOn(input, { latest, fitted: [], numbers });
  return helps ? fitByEvidence(input, numbers) : [];
}

/** Slopes and penalties in turn, until both have settled well enough. */
function fitByEvidence(input: ActionSlopesInput, numbers: readonly EncodedFeature[]): ActionSlopes[] {
  let ridges: Float64Array = new Float64Array(numbers.length).fill(FIRST_RIDGE);
  let fitted: OwnSlopes[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    fitted = fitAll(input, { numbers, ridges, before: fitted });
    ridges = evidentRidges(fitted, ridges);
  }
  return fitted;
}

/**
 * How many slopes the data settles, for each squared unit that they come to: by number, as far as a number can be told
 * from the others by a handful of slopes, else as all numbers together.
 */
function evidentRidges(fitted: readonly OwnSlopes[], ridges: Float64Array): Float64Array {
  const settled = new Float64Array(ridges.length);
  const squares = new Float64Array(ridges.length);
  for (const { slopes, information } of fitted) {
    ridges.forEach((ridge, number) => {
      const known = information[number] as number;
      settled[number] = (settled[number] as number) + known / (known + ridge);
      squares[number] = (squares[number] as number) + (slopes[number] as number) ** 2;
    });
  }
  const common = total(settled) / Math.max(total(squares), 1e-12);
  return ridges.map((_, number) => {
    const ridge =
      ((settled[number] as number) + PRIOR_SLOPES) / ((squares[number] as number) + PRIOR_SLOPES / common);
    return Math.min(MOST_RIDGE, Math.max(LEAST_RIDGE, ridge));
  });
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The numeric features of an encoding, in its order. */
function numericFeatures(encoded: EncodedRows): readonly EncodedFeature[] {
  return encoded.features.filter(({ encoding }) => encoding.kind === 'numeric');
}

/** @throws Error where the encoding knows no actions */
function actionsOf(encoded: EncodedRows): { readonly slots: Int32Array; readonly known: number } {
  const feature = encoded.features.find(({ encoding }) => encoding.name === 'action');
  if (feature?.encoding.kind !== 'categorical') {
    throw new Error('Expected a categorical feature "action"');
  }
  return { slots: feature.slots, known: feature.encoding.levels.length };
}

type Fit = {
  readonly numbers: readonly EncodedFeature[];
  readonly ridges: Float64Array;
  /** Where to begin. */
  readonly before: readonly ActionSlopes[];
};
/** `information`: how much the rows say of each slope by itself. */
type OwnSlopes = ActionSlopes & { readonly information: Float64Array };

function fitAll(input: ActionSlopesInput, fit: Fit): OwnSlopes[] {
  const { slots, known } = actionsOf(input.encoded);
  const bySlot = Array.from({ length: known }, (): number[] => []);
  for (const row of input.rows) {
    bySlot[slots[row] as number]?.push(row);
  }
  return bySlot
    .map((rows, slot) => ({ rows, slot }))
    .filter(({ rows }) => isEnough(rows, input.labels))
    .sort((a, b) => b.rows.length - a.rows.length)
    .slice(0, MOST_ACTIONS)
    .map(({ rows, slot }) => {
      const before = fit.before.find((each) => each.slot === slot);
      return { slot, ...fitOne(input, rows, { ...fit, before }) };
    });
}

function isEnough(rows: readonly number[], labels: ArrayLike<number>): boolean {
  const yes = rows.reduce((sum, row) => sum + (labels[row] as number), 0);
  return rows.length >= LEAST_ROWS && yes >= LEAST_OF_EACH && rows.length - yes >= LEAST_OF_EACH;
}

function fitOne(
  { labels, offsets }: ActionSlopesInput,
  rows: readonly number[],
  { numbers, ridges, before }: Omit<Fit, 'before'> & { readonly before: ActionSlopes | undefined },
): Omit<OwnSlopes, 'slot'> {
  const width = numbers.length;
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    numbers.forEach(({ standard }, number) => {
      values[i * width + number] = standard[row] as number;
    });
  });
  const best = minimise(
    (point, gradient) => {
      gradient.fill(0);
      let loss = 0;
      for (let i = 0; i < rows.length; i += 1) {
        const row = rows[i] as number;
        let logit = (offsets[row] as number) + (point[width] as number);
        for (let number = 0; number < width; number += 1) {
          logit += (values[i * width + number] as number) * (point[number] as number);
        }
        const label = labels[row] as number;
        loss += softplus(logit) - label * logit;
        const error = sigmoid(logit) - label;
        for (let number = 0; number < width; number += 1) {
          gradient[number] = (gradient[number] as number) + error * (values[i * width + number] as number);
        }
        gradient[width] = (gradient[width] as number) + error;
      }
      for (let number = 0; number <= width; number += 1) {
        const value = point[number] as number;
        const penalty = number === width ? CONSTANT_RIDGE : (ridges[number] as number);
        loss += (penalty / 2) * value * value;
        gradient[number] = (gradient[number] as number) + penalty * value;
      }
      return loss;
    },
    Float64Array.from([...(before?.slopes ?? new Float64Array(width)), before?.constant ?? 0]),
    { maxIterations: 40, tolerance: 5e-3 * Math.sqrt(rows.length) },
  );
  const information = new Float64Array(width);
  rows.forEach((row, i) => {
    const probability = sigmoid(offsets[row] as number);
    for (let number = 0; number < width; number += 1) {
      const value = values[i * width + number] as number;
      information[number] = (information[number] as number) + probability * (1 - probability) * value * value;
    }
  });
  return { slopes: best.slice(0, width), constant: best[width] as number, information };
}

/** Mean log loss with the slopes added. */
function lossOn(
  { encoded, labels, offsets }: ActionSlopesInput,
  {
    latest,
    fitted,
    numbers,
  }: {
    readonly latest: Int32Array;
    readonly fitted: readonly ActionSlopes[];
    readonly numbers: readonly EncodedFeature[];
  },
): number {
  const { slots } = actionsOf(encoded);
  const bySlot = new Map(fitted.map((each) => [each.slot, each]));
  let sum = 0;
  for (const row of latest) {
    const own = bySlot.get(slots[row] as number);
    let logit = (offsets[row] as number) + (own?.constant ?? 0);
    if (own !== undefined) {
      numbers.forEach(({ standard }, number) => {
        logit += (standard[row] as number) * (own.slopes[number] as number);
      });
    }
    sum += softplus(logit) - (labels[row] as number) * logit;
  }
  return sum / Math.max(1, latest.length);
}
