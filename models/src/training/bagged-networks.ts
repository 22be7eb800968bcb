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

export interface BaggingInput {
  readonly table: Table;
  readonly encodings: readonly FeatureEncoding[];
  readonly head: Head;
  /** Fold per row: network `i` of `bags` validates on fold `i` and trains on the rest. */
  readonly folds: Int32Array;
  readonly bags: number;
  readonly recipe: TrainingRecipe;
  readonly seed: number;
  readonly budgetMs: number;
  /** Milliseconds on any steady clock. */
  readonly clock: () => number;
  readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface BaggedNetworks {
  readonly networks: readonly TrainedNetwork[];
  /** Raw outputs for the rows of folds `< bags`, each from the network that did not train on it; NaN elsewhere. */
  readonly outOfFold: Float32Array;
}

/** Trains one network per fold left out, so that every row serves for training and, once, for validation. */
export async function trainBagged(input: BaggingInput): Promise<BaggedNetworks> {
  const encoded = encodeRows(input.table, input.encodings);
  const { outputs } = input.head;
  const outOfFold = new Float32Array(input.table.rows * outputs).fill(Number.NaN);
  const networks: TrainedNetwork[] = [];
  const started = input.clock();
  for (let bag = 0; bag < input.bags; bag += 1) {
    const { inside, outside } = foldRows(input.folds, bag);
    const deadline = started + (input.budgetMs * (bag + 1)) / input.bags;
    const network = await trainNetwork(
      { encoded, head: input.head, trainRows: outside, validationRows: inside },
      {
        recipe: input.recipe,
        seed: input.seed * 1000 + bag,
        remainingMs: () => deadline - input.clock(),
        onEpoch: ({ epoch, validationLoss }) => {
          input.onProgress?.({
            done: (bag + Math.min(0.95, epoch / input.recipe.maxEpochs)) / input.bags,
            message: `network ${bag + 1} of ${input.bags}, epoch ${epoch}, held-out loss ${validationLoss.toFixed(4)}`,
          });
        },
        ...(input.signal && { signal: input.signal }),
      },
    );
    networks.push(network);
    const predictions = predictNetwork(network, encoded, inside);
    inside.forEach((row, i) => {
      outOfFold.set(predictions.subarray(i * outputs, (i + 1) * outputs), row * outputs);
    });
  }
  input.onProgress?.({ done: 1, message: `trained ${input.bags} networks` });
  return { networks, outOfFold };
}
