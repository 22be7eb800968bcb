// Kernel over typed arrays whose sizes follow from the members' shapes.

import { loadBackend } from '../backends/load-backend.js';
import { scaledMember } from '../blending/network-members.js';
import { encodeRows } from '../networks/encode-rows.js';
import { encodedWidth, type FeatureEncoding } from '../networks/feature-encoding.js';
import { membersFromArtifact } from '../networks/layers-model.js';
import type { Dense, MemberNetwork } from '../networks/member-networks.js';
import { buildArtifact } from '../registry/build-artifact.js';
import { BinaryClassifier } from '../serving/binary-classifier.js';
import { compileVerified } from '../serving/verify-artifact.js';
import type { Table } from '../tables/table.js';
import { type ActionSlopes, fitActionSlopes } from './action-slopes.js';

/** Least units of a member that carries slopes: two for each of a dozen actions. */
const LEAST_HIDDEN = 24;
/** What shuts a unit for all actions but its own: more than slopes add up to in any row. */
const SHUT = 1000;

/**
 * The classifier with {@link fitActionSlopes} added to its log odds, as more members of the ensemble: the artifact is a
 * network like any other. The same classifier where slopes don't help.
 *
 * @param trained.table what the classifier was trained on, in order of time
 */
export async function addActionSlopes(
  classifier: BinaryClassifier,
  trained: { readonly table: Table; readonly labels: Uint8Array },
): Promise<BinaryClassifier> {
  const { manifest } = classifier;
  const { table, labels } = trained;
  const encoded = encodeRows(table, manifest.features);
  const slopes = fitActionSlopes({
    encoded,
    labels,
    offsets: classifier.logits(table),
    rows: Int32Array.from({ length: table.rows }, (_, row) => row),
  });
  if (slopes.length === 0) {
    return classifier;
  }
  const members = membersFromArtifact(classifier.toArtifact());
  const hidden = Math.max(LEAST_HIDDEN, members[0]?.denses[0]?.outputs ?? 0);
  const added = slopeMembers(slopes, { encodings: manifest.features, hidden });
  // All members count the same in the mean: those that were there as they did, those added in full.
  const all = members.length + added.length;
  const { calibrator, calibrationLogLoss, notes, data } = manifest;
  const artifact = await buildArtifact({
    kind: 'binary',
    name: manifest.name,
    version: manifest.version,
    trainedAt: manifest.trainedAt,
    seed: manifest.seed,
    featuresHash: manifest.featuresHash,
    dataWindow: data.window,
    dataSource: data.source,
    table,
    labels,
    ...(data.positives !== undefined && { positives: data.positives }),
    backend: await loadBackend(),
    networks: [
      ...members.map((member) => scaledMember(widened(member, hidden), all / members.length)),
      ...added.map((member) => scaledMember(member, all)),
    ],
    encodings: manifest.features,
    encoded,
    inputMeans: Float32Array.from(manifest.inputMeans),
    calibrator,
    calibrationLogLoss,
    notes: { ...notes, actionSlopes: slopes.length },
  });
  return new BinaryClassifier(artifact, await compileVerified(artifact), {
    outOfTime: classifier.outOfTime,
  });
}

/**
 * Two units for each action: `relu(v - shut) - relu(-v - shut)`, where `v` is what its slopes come to and `shut` is 0 for
 * offers of this action and {@link SHUT} for all others; so the difference is `v` for the action and 0 for the others.
 * What shuts stands with the other actions, so that in 32 bits nothing of `v` is lost.
 */
function slopeMembers(
  all: readonly ActionSlopes[],
  { encodings, hidden }: { readonly encodings: readonly FeatureEncoding[]; readonly hidden: number },
): MemberNetwork[] {
  const inputs = encodedWidth(encodings);
  const action = encodings.find(({ name }) => name === 'action');
  if (action === undefined) {
    throw new Error('Expected a feature "action" among the encodings');
  }
  const numbers = encodings.filter(({ kind }) => kind === 'numeric');
  const perMember = Math.floor(hidden / 2);
  return Array.from({ length: Math.ceil(all.length / perMember) }, (_, member): MemberNetwork => {
    const weights = new Float32Array(inputs * hidden);
    const bias = new Float32Array(hidden);
    const last = new Float32Array(hidden);
    all.slice(member * perMember, (member + 1) * perMember).forEach((own, place) => {
      for (const [unit, sign] of [
        [2 * place, 1],
        [2 * place + 1, -1],
      ] as const) {
        numbers.forEach(({ offset }, number) => {
          weights[offset * hidden + unit] = sign * (own.slopes[number] as number);
        });
        for (let slot = 0; slot < action.width; slot += 1) {
          weights[(action.offset + slot) * hidden + unit] = slot === own.slot ? 0 : -SHUT;
        }
        bias[unit] = sign * own.constant;
        last[unit] = sign;
      }
    });
    return {
      denses: [
        { inputs, outputs: hidden, weights, bias },
        { inputs: hidden, outputs: 1, weights: last, bias: new Float32Array(1) },
      ],
    };
  });
}

/** The member with hidden units added on which nothing hangs. */
function widened({ denses }: MemberNetwork, hidden: number): MemberNetwork {
  return {
    denses: denses.map((dense, depth): Dense => {
      const inputs = depth === 0 ? dense.inputs : hidden;
      const outputs = depth === denses.length - 1 ? dense.outputs : hidden;
      const weights = new Float32Array(inputs * outputs);
      for (let input = 0; input < dense.inputs; input += 1) {
        const row = dense.weights.subarray(input * dense.outputs, (input + 1) * dense.outputs);
        weights.set(row, input * outputs);
      }
      const bias = new Float32Array(outputs);
      bias.set(dense.bias);
      return { inputs, outputs, weights, bias };
    }),
  };
}
