import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import type { EnsembleShape, Parameter } from './ensemble-shape.js';
import { type MemberNetwork, membersOf } from './member-networks.js';

export interface StoredNetwork {
  readonly shape: EnsembleShape;
  readonly parameters: readonly Parameter[];
}

/** A TensorFlow.js artifact: what stands in `model.json`, and the bytes of `weights.bin`. */
export interface LayersArtifact {
  readonly modelJson: tf.io.ModelJSON;
  readonly weights: Uint8Array;
}

/**
 * Writes trained ensembles as one TensorFlow.js layers model of plain dense layers, one branch per member, averaged:
 * it loads anywhere with `tf.loadLayersModel`, without code of ours. Input `[rows, inputs]`, output `[rows, outputs]`.
 */
export async function toLayersArtifact(networks: readonly StoredNetwork[]): Promise<LayersArtifact> {
  const members = networks.flatMap((network) => membersOf(network));
  const inputs = members[0]?.denses[0]?.inputs ?? 0;
  const input = layers.input({ shape: [inputs], name: 'inputs' });
  const branches = members.map((member, index) => branch(input, member, index));
  const output =
    branches.length === 1
      ? branches[0]
      : (layers.layers.average({ name: 'ensemble' }).apply(branches) as layers.SymbolicTensor);
  const model = layers.model({ inputs: input, outputs: output as layers.SymbolicTensor, name: 'segue' });
  let artifact: LayersArtifact | undefined;
  await model.save(
    tf.io.withSaveHandler(async (saved) => {
      const { modelTopology, weightSpecs, weightData } = saved;
      const weights = new Uint8Array(
        tf.io.concatenateArrayBuffers([weightData ?? new ArrayBuffer(0)].flat()),
      );
      artifact = {
        weights,
        modelJson: {
          format: 'layers-model',
          generatedBy: `TensorFlow.js tfjs-layers v${layers.version_layers}`,
          convertedBy: null,
          modelTopology: modelTopology ?? {},
          weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs ?? [] }],
        } as tf.io.ModelJSON,
      };
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  model.dispose();
  if (artifact === undefined) {
    throw new Error('TensorFlow.js did not hand over the saved model');
  }
  return artifact;
}

function branch(input: layers.SymbolicTensor, member: MemberNetwork, index: number): layers.SymbolicTensor {
  return member.denses.reduce<layers.SymbolicTensor>((state, dense, depth) => {
    const last = depth === member.denses.length - 1;
    const layer = layers.layers.dense({
      units: dense.outputs,
      activation: last ? 'linear' : 'relu',
      name: denseName(index, depth),
    });
    const next = layer.apply(state) as layers.SymbolicTensor;
    layer.setWeights([tf.tensor2d(dense.weights, [dense.inputs, dense.outputs]), tf.tensor1d(dense.bias)]);
    return next;
  }, input);
}

/** Name of a dense layer in the stored model. */
function denseName(member: number, depth: number): string {
  return `member${member}_dense${depth}`;
}

/** Loads the artifact as TensorFlow.js sees it. The caller disposes of the model. */
export function loadLayersModel({ modelJson, weights }: LayersArtifact): Promise<layers.LayersModel> {
  const buffer = new Uint8Array(weights).buffer;
  return layers.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: modelJson.modelTopology as object,
      weightSpecs: modelJson.weightsManifest.flatMap((group) => group.weights),
      weightData: buffer,
    }),
  );
}

/** The members' dense layers, read back from the stored bytes. */
export function membersFromArtifact({ modelJson, weights }: LayersArtifact): MemberNetwork[] {
  const byName = new Map<string, { shape: number[]; values: Float32Array }>();
  let offset = 0;
  const bytes = new Uint8Array(weights).buffer;
  for (const spec of modelJson.weightsManifest.flatMap((group) => group.weights)) {
    if (spec.dtype !== 'float32') {
      throw new Error(`Expected weights "${spec.name}" to be float32, got ${spec.dtype}`);
    }
    const size = spec.shape.reduce((product, n) => product * n, 1);
    if (offset + size * 4 > bytes.byteLength) {
      throw new Error(`The weights end within "${spec.name}": the file is cut short`);
    }
    byName.set(spec.name, {
      shape: spec.shape,
      values: new Float32Array(bytes.slice(offset, offset + size * 4)),
    });
    offset += size * 4;
  }
  const members: MemberNetwork[] = [];
  for (let index = 0; byName.has(`${denseName(index, 0)}/kernel`); index += 1) {
    const denses: MemberNetwork['denses'][number][] = [];
    for (let depth = 0; ; depth += 1) {
      const kernel = byName.get(`${denseName(index, depth)}/kernel`);
      const bias = byName.get(`${denseName(index, depth)}/bias`);
      if (kernel === undefined || bias === undefined) {
        break;
      }
      const [inputs = 0, outputs = 0] = kernel.shape;
      denses.push({ inputs, outputs, weights: kernel.values, bias: bias.values });
    }
    members.push({ denses });
  }
  if (members.length === 0) {
    throw new Error('The artifact holds no member networks: it was not written by Segue');
  }
  return members;
}
