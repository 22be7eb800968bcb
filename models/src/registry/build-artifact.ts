import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from '../backends/load-backend.js';
import type { Calibrator } from '../calibration/calibrator.js';
import { type EncodedRows, writeInputs } from '../networks/encode-rows.js';
import type { FeatureEncoding } from '../networks/feature-encoding.js';
import { loadLayersModel, type StoredNetwork, toLayersArtifact } from '../networks/layers-model.js';
import type { Table } from '../tables/table.js';
import { featuresHash, fingerprint, tableFingerprint } from './fingerprint.js';
import type { Manifest } from './manifest.js';
import type { ModelArtifact } from './model-artifact.js';

export interface BuildArtifactInput {
  readonly kind: Manifest['kind'];
  readonly name: string;
  readonly version: string;
  readonly trainedAt: string;
  readonly seed: number;
  readonly backend: Backend;
  readonly table: Table;
  readonly labels: ArrayLike<number>;
  readonly positives?: number;
  readonly featuresHash?: string | undefined;
  readonly dataWindow?: { readonly from: string; readonly to: string } | undefined;
  readonly dataSource?: string | undefined;
  readonly networks: readonly StoredNetwork[];
  readonly encodings: readonly FeatureEncoding[];
  readonly encoded: EncodedRows;
  readonly inputMeans: Float32Array;
  readonly calibrator: Calibrator;
  readonly calibrationLogLoss: Readonly<Record<string, number>>;
  readonly notes: Manifest['notes'];
}

const RECORDED_VECTORS = 8;

/** Puts trained networks together with all that must be known of them; records what TensorFlow.js answers. */
export async function buildArtifact(input: BuildArtifactInput): Promise<ModelArtifact> {
  const layers = await toLayersArtifact(input.networks);
  const recorded = await recordVectors(layers, input.encoded);
  const manifest: Manifest = {
    format: 1,
    kind: input.kind,
    name: input.name,
    version: input.version,
    trainedAt: input.trainedAt,
    seed: input.seed,
    backend: input.backend.name,
    libraryVersions: { 'tensorflow.js': input.backend.version, node: process.versions.node },
    featuresHash: input.featuresHash ?? featuresHash(input.table.columns),
    artifactHash: fingerprint(input.encodings, layers.weights, input.calibrator),
    data: {
      rows: input.table.rows,
      ...(input.positives !== undefined && { positives: input.positives }),
      fingerprint: tableFingerprint(input.table, input.labels),
      ...(input.dataWindow && { window: input.dataWindow }),
      ...(input.dataSource !== undefined && { source: input.dataSource }),
    },
    shapes: input.networks.map(({ shape }) => shape),
    features: [...input.encodings],
    inputMeans: Array.from(input.inputMeans),
    calibrator: input.calibrator,
    calibrationLogLoss: { ...input.calibrationLogLoss },
    metrics: {},
    baselines: {},
    recorded,
    notes: input.notes,
  };
  return { ...layers, manifest };
}

async function recordVectors(
  layers: Pick<ModelArtifact, 'modelJson' | 'weights'>,
  encoded: EncodedRows,
): Promise<Manifest['recorded']> {
  const model = await loadLayersModel(layers);
  const count = Math.min(RECORDED_VECTORS, encoded.rows);
  const recorded = Array.from({ length: count }, (_, i) => {
    const inputs = new Float32Array(encoded.width);
    writeInputs(encoded, [Math.floor((i * encoded.rows) / count)], inputs);
    const outputs = tf.tidy(() => {
      const answer = model.predict(tf.tensor2d(inputs, [1, encoded.width])) as tf.Tensor;
      return Array.from(answer.dataSync());
    });
    return { inputs: Array.from(inputs), outputs };
  });
  model.dispose();
  return recorded;
}
