import { calibrate } from '../calibration/calibrator.js';
import { customerRow, featureIn } from '../features/customer-row.js';
import { FEATURE_SET } from '../features/feature-set.js';
import { encodeRows } from '../networks/encode-rows.js';
import { Attributor } from '../reasons/attributor.js';
import { reasonsFromContributions, type ScoreReason } from '../reasons/reasons-from-contributions.js';
import { type BinaryClassifier, loadBinaryClassifier } from '../serving/binary-classifier.js';
import { churnNotesOf } from './churn-notes.js';

export type ChurnScore = {
  /** That the customer places no order in the next `horizonDays` days. */
  readonly probability: number;
  /** At most four, strongest first; worked out when first read. */
  readonly reasons: readonly ScoreReason[];
};

/** A trained churn model, ready to serve. Its scores hold for customers with at least one order. */
export type ChurnModel = {
  readonly version: string;
  readonly horizonDays: number;
  /** Share of leavers in the training data. */
  readonly baseRate: number;
  /** @param values the customer's features, in the order of FEATURES, from `featureValues` */
  score(values: Float64Array): ChurnScore;
};

/**
 * Reads a churn model from its folder.
 *
 * @throws Error that says what to do where files are missing, damaged, or trained on other feature definitions
 */
export async function loadChurnModel(folder: string): Promise<ChurnModel> {
  return churnModelOf(await loadBinaryClassifier(folder, { featuresHash: FEATURE_SET.hash }));
}

/** The scorer of a churn model that was just trained or is already in memory. */
export function churnModelOf(classifier: BinaryClassifier): ChurnModel {
  const { manifest, scorer } = classifier;
  const notes = churnNotesOf(manifest);
  const attributor = new Attributor(classifier.toArtifact(), scorer);
  return {
    version: manifest.version,
    horizonDays: notes.horizonDays,
    baseRate: notes.baseRate,
    score: (values) => {
      const encoded = encodeRows(customerRow(values), manifest.features);
      const inputs = encoded.features.map((feature) => ({ feature, row: 0 }));
      const logit = scorer.score(encoded)[0] ?? Number.NaN;
      let reasons: ScoreReason[] | undefined;
      return {
        probability: calibrate(manifest.calibrator, logit),
        get reasons() {
          reasons ??= reasonsFromContributions(attributor.explain(inputs).contributions, {
            value: featureIn(values),
            tags: [],
          });
          return reasons;
        },
      };
    },
  };
}
