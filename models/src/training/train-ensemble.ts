import { encodeRows } from '../networks/encode-rows.js';
import type { FeatureEncoding } from '../networks/feature-encoding.js';
import { foldRows } from '../tables/stratified-folds.js';
import type { Table } from '../tables/table.js';
import type { Head } from './head.js';
import { predictNetwork, type TrainedNetwork, type TrainingRecipe, trainNetwork } from './train-network.js';

export interface TrainProgress {
  /** From 0 to 1, an estimate. */
  readonly done: number;
  /** What is going on, in words for a person. */
  readonly message: string;
}

export interface EnsembleInput {
  readonly table: Table;
  readonly encodings: readonly FeatureEncoding[];
  readonly head: Head;
  /** The head to train some rows with, where it depends on them; `head` validates, and trains where this is absent. */
  readonly headFor?: ((trainRows: Int32Array) => Head) | undefined;
  /** Fold per row, 0 up. Probe `i` trains on all folds but `i`, which tells it when to stop. */
  readonly folds: Int32Array;
  /** How many folds are probed. */
  readonly probes: number;
  /** Networks in the final ensemble, each trained on all rows. */
  readonly bags: number;
  readonly recipe: TrainingRecipe;
  readonly seed: number;
  readonly budgetMs: number;
  /** Milliseconds on any steady clock. */
  readonly clock: () => number;
  readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface TrainedEnsemble {
  /** Trained on all rows, for as many epochs as the probes found best. */
  readonly networks: readonly TrainedNetwork[];
  /** Raw outputs for the rows of probed folds, each from the probe that did not see it; NaN elsewhere. */
  readonly outOfFold: Float32Array;
}

/** Share of the remaining time a step may take, relative to the steps after it. */
const PROBE_WEIGHT = 1.3;

/**
 * Trains in two rounds: probes with rows held out find how long to train and give out-of-sample scores for
 * calibration; then networks with other seeds train on all rows for that long. No row is lost to early stopping.
 */
export async function trainEnsemble(input: EnsembleInput): Promise<TrainedEnsemble> {
  const encoded = encodeRows(input.table, input.encodings);
  const { outputs } = input.head;
  const outOfFold = new Float32Array(input.table.rows * outputs).fill(Number.NaN);
  const steps = input.probes * PROBE_WEIGHT + input.bags;
  const ends = input.clock() + input.budgetMs;
  const control = (name: string, index: number) => {
    const before = Math.min(index, input.probes) * PROBE_WEIGHT + Math.max(0, index - input.probes);
    const weight = index < input.probes ? PROBE_WEIGHT : 1;
    const started = input.clock();
    const allowed = ((ends - started) * weight) / (steps - before);
    return {
      recipe: input.recipe,
      seed: input.seed * 1000 + index,
      remainingMs: () => started + allowed - input.clock(),
      onEpoch: ({ epoch, validationLoss }: { epoch: number; validationLoss: number }) => {
        const loss = Number.isNaN(validationLoss) ? '' : `, held-out loss ${validationLoss.toFixed(4)}`;
        input.onProgress?.({
          done: (before + weight * (1 - 1 / (1 + epoch / 10))) / steps,
          message: `${name}, epoch ${epoch}${loss}`,
        });
      },
      ...(input.signal && { signal: input.signal }),
    };
  };
  const probes: TrainedNetwork[] = [];
  for (let probe = 0; probe < input.probes; probe += 1) {
    const { inside, outside } = foldRows(input.folds, probe);
    const network = await trainNetwork(
      { encoded, head: input.headFor?.(outside) ?? input.head, trainRows: outside, validationRows: inside },
      control(`probe ${probe + 1} of ${input.probes}`, probe),
    );
    probes.push(network);
    const predictions = predictNetwork(network, encoded, inside);
    inside.forEach((row, i) => {
      outOfFold.set(predictions.subarray(i * outputs, (i + 1) * outputs), row * outputs);
    });
  }
  const epochs = Math.max(
    1,
    Math.round(probes.reduce((sum, probe) => sum + probe.epochs, 0) / Math.max(1, probes.length)),
  );
  const all = Int32Array.from({ length: input.table.rows }, (_, row) => row);
  const head = input.headFor?.(all) ?? input.head;
  const networks: TrainedNetwork[] = [];
  for (let bag = 0; bag < input.bags; bag += 1) {
    const network = await trainNetwork(
      { encoded, head, trainRows: all, validationRows: new Int32Array(0) },
      { ...control(`network ${bag + 1} of ${input.bags}`, input.probes + bag), epochs },
    );
    networks.push(network);
  }
  input.onProgress?.({ done: 1, message: `trained ${input.bags} networks for ${epochs} epochs` });
  const probeOutOfTime = probes.some((probe) => probe.outOfTime);
  return {
    networks: networks.map((network) => ({ ...network, outOfTime: network.outOfTime || probeOutOfTime })),
    outOfFold,
  };
}
