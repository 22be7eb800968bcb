import * as tf from '@tensorflow/tfjs-core';
import { type BackendName, loadBackend } from '../backends/load-backend.js';
import { encodeRows, writeInputs } from '../networks/encode-rows.js';
import { loadLayersModel } from '../networks/layers-model.js';
import { CANDIDATE_CATEGORIES, CANDIDATE_COLUMNS } from '../propensity/candidate-columns.js';
import { CompiledScorer } from '../serving/compiled-scorer.js';
import { selectRows } from '../tables/table.js';
import type { BenchNetwork } from './bench-network.js';
import { type Measured, type MeasureOptions, measure } from './measure.js';
import { onnxModel } from './onnx-model.js';
import { openOnnxSession } from './onnx-session.js';

export type EngineResult =
  | (Measured & {
      readonly engine: string;
      /** Largest difference from the compiled scorer, in log odds. */
      readonly largestDifference: number;
    })
  | { readonly engine: string; readonly notMeasured: string };

export type DecisionBench = { readonly candidates: number; readonly results: readonly EngineResult[] };

const BACKENDS: readonly BackendName[] = ['tensorflow', 'wasm', 'cpu'];

/**
 * One decision: the customer's features are the same for all candidates, the candidates' own differ. Everyone starts from
 * the encoded features; others than the compiled scorer write them out as a matrix first, as they must.
 */
export async function benchDecision(
  network: BenchNetwork,
  candidates: number,
  options: MeasureOptions,
): Promise<DecisionBench> {
  const { encodings, members, artifact } = network;
  const own = new Set<string>([...CANDIDATE_COLUMNS.map(({ name }) => name), ...CANDIDATE_CATEGORIES]);
  const rows = Array.from({ length: candidates }, (_, row) => row % network.table.rows);
  const offers = selectRows(network.table, rows);
  const customer = selectRows(network.table, new Array<number>(candidates).fill(0));
  const decision = {
    rows: candidates,
    columns: offers.columns.map((column, index) =>
      own.has(column.name) ? column : (customer.columns[index] ?? column),
    ),
  };
  const encoded = encodeRows(decision, encodings);
  const shared = encoded.features.filter(({ encoding }) => !own.has(encoding.name));
  const ownFeatures = encoded.features.filter(({ encoding }) => own.has(encoding.name));
  const scorer = new CompiledScorer(members, encodings);
  const compiled = () => scorer.scoreCandidates({ shared, own: ownFeatures, candidates });
  const reference = Float64Array.from(compiled());
  const results: EngineResult[] = [
    { engine: 'compiled', ...(await measure(compiled, options)), largestDifference: 0 },
  ];
  const inputs = new Float32Array(candidates * encoded.width);
  const every = rows.map((_, row) => row);
  const write = () => writeInputs(encoded, every, inputs);
  for (const name of BACKENDS) {
    const engine = `TensorFlow.js ${name}`;
    try {
      await loadBackend({ order: [name] });
      const model = await loadLayersModel(artifact);
      const predict = () => {
        write();
        return tf.tidy(() =>
          (model.predict(tf.tensor2d(inputs, [candidates, encoded.width])) as tf.Tensor).dataSync(),
        );
      };
      const largestDifference = differenceOf(predict(), reference);
      results.push({ engine, ...(await measure(predict, options)), largestDifference });
      model.dispose();
    } catch (error) {
      results.push({ engine, notMeasured: firstLine(error) });
    }
  }
  for (const threads of [1, 2]) {
    const engine = `onnxruntime-node, ${threads} thread${threads === 1 ? '' : 's'}`;
    try {
      const run = await openOnnxSession(onnxModel(members), threads);
      const work = () => {
        write();
        return run(inputs, candidates);
      };
      const largestDifference = differenceOf(await work(), reference);
      results.push({ engine, ...(await measure(work, options)), largestDifference });
    } catch (error) {
      results.push({ engine, notMeasured: firstLine(error) });
    }
  }
  return { candidates, results };
}

function differenceOf(answer: ArrayLike<number>, reference: Float64Array): number {
  return reference.reduce(
    (worst, value, i) => Math.max(worst, Math.abs(value - (answer[i] ?? Number.NaN))),
    0,
  );
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
