import * as tf from '@tensorflow/tfjs-core';
import { type BackendName, loadBackend } from '../backends/load-backend.js';
import { FEATURES } from '../features/feature-set.js';
import { encodeRows, writeInputs } from '../networks/encode-rows.js';
import type { FeatureEncoding } from '../networks/feature-encoding.js';
import { loadLayersModel } from '../networks/layers-model.js';
import {
  CANDIDATE_CATEGORIES,
  CANDIDATE_COLUMNS,
  candidateCategories,
  candidateValues,
  decisionMoment,
} from '../propensity/candidate-columns.js';
import { type PropensityRequest, propensityModelOf } from '../propensity/propensity-model.js';
import { BinaryClassifier } from '../serving/binary-classifier.js';
import { CompiledScorer } from '../serving/compiled-scorer.js';
import { categoricalColumn, createTable, numericColumn, type Table } from '../tables/table.js';
import type { BenchNetwork } from './bench-network.js';
import { benchRequest } from './bench-request.js';
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
 * One decision. Segue's figure is the whole call: reading the candidates, encoding, scores, learned shifts and how unsure
 * they are, from the customer's feature values on, without reasons. The others are handed the encoded features, write them
 * out as a matrix, as they must, and give the network's output alone.
 */
export async function benchDecision(
  network: BenchNetwork,
  candidates: number,
  options: MeasureOptions,
): Promise<DecisionBench> {
  const { encodings, members, artifact } = network;
  const request = benchRequest(network, candidates);
  const model = propensityModelOf(new BinaryClassifier(artifact, new CompiledScorer(members, encodings)));
  const compiled = () => model.score(request);
  const reference = Float64Array.from(compiled(), ({ offer }) => offer.logit);
  const results: EngineResult[] = [
    { engine: 'compiled', ...(await measure(compiled, options)), largestDifference: 0 },
  ];
  const encoded = encodeRows(tableOf(request, new Set(encodings.flatMap(levelsOfActions))), encodings);
  const rows = request.candidates;
  const inputs = new Float32Array(candidates * encoded.width);
  const every = rows.map((_, row) => row);
  const write = () => writeInputs(encoded, every, inputs);
  for (const name of BACKENDS) {
    const engine = `TensorFlow.js ${name}`;
    try {
      await loadBackend({ order: [name] });
      const layers = await loadLayersModel(artifact);
      const predict = () => {
        write();
        return tf.tidy(() =>
          (layers.predict(tf.tensor2d(inputs, [candidates, encoded.width])) as tf.Tensor).dataSync(),
        );
      };
      const largestDifference = differenceOf(predict(), reference);
      results.push({ engine, ...(await measure(predict, options)), largestDifference });
      layers.dispose();
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

/** The same offers as rows of a table; an action the network doesn't know is missing in it, as in serving. */
function tableOf(
  { state, values, now, timeZone, candidates }: PropensityRequest,
  known: ReadonlySet<string>,
): Table {
  const moment = decisionMoment(state, now, timeZone);
  const crossings = candidates.map((candidate) => candidateValues(moment, candidate));
  const categories = candidates.map((candidate) => {
    const named = candidateCategories(candidate);
    return known.has(candidate.actionId) ? named : { ...named, action: '', treatment: '' };
  });
  return createTable([
    ...FEATURES.map(({ name }, column) =>
      numericColumn(
        name,
        candidates.map(() => values?.[column]),
      ),
    ),
    ...CANDIDATE_COLUMNS.map(({ name }, column) =>
      numericColumn(
        name,
        crossings.map((crossing) => crossing[column]),
      ),
    ),
    ...CANDIDATE_CATEGORIES.map((name) =>
      categoricalColumn(
        name,
        categories.map((category) => category[name]),
      ),
    ),
  ]);
}

function levelsOfActions(encoding: FeatureEncoding): readonly string[] {
  return encoding.kind === 'categorical' && encoding.name === 'action' ? encoding.levels : [];
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
