import { calibrate, sigmoid } from '../calibration/calibrator.js';
import { checkedValues, FEATURE_INDEX } from '../features/customer-row.js';
import { FEATURES, featureValues } from '../features/feature-set.js';
import type { FeatureState } from '../features/feature-state.js';
import { encodeRows } from '../networks/encode-rows.js';
import type { FeatureEncoding } from '../networks/feature-encoding.js';
import { membersFromArtifact } from '../networks/layers-model.js';
import { Attributor } from '../reasons/attributor.js';
import { reasonsFromContributions, type ScoreReason } from '../reasons/reasons-from-contributions.js';
import { type BinaryClassifier, loadBinaryClassifier } from '../serving/binary-classifier.js';
import { categoricalColumn, createTable, numericColumn, type Table } from '../tables/table.js';
import {
  ActionLearning,
  type ActionLearningState,
  LAST_LAYER_SIZE,
  type OfferView,
} from './action-learning.js';
import { moderated } from './action-posterior.js';
import type { PropensityCandidate } from './candidate.js';
import {
  CANDIDATE_CATEGORIES,
  CANDIDATE_COLUMNS,
  candidateCategories,
  candidateValues,
  decisionMoment,
} from './candidate-columns.js';
import { CandidateScorer } from './candidate-scorer.js';
import { lastLayerOf, withLastLayer } from './last-layer.js';
import type { PositiveOutcome } from './offers-in-history.js';
import { PROPENSITY_FEATURES_HASH } from './propensity-features.js';
import { propensityNotesOf } from './propensity-notes.js';

export type PropensityRequest = {
  /** The customer's feature state, with events up to now. */
  readonly state: FeatureState;
  /** `featureValues(state, now)`, where the caller has it already. */
  readonly values?: Float64Array | undefined;
  readonly now: Date;
  /** IANA name of the customer's time zone; without it, the one last seen in an event. */
  readonly timeZone?: string | undefined;
  readonly candidates: readonly PropensityCandidate[];
};

export type PropensityScore = {
  /** That the customer says yes within the model's window. */
  readonly probability: number;
  /** How unsure the model is of the probability. */
  readonly standardError: number;
  /** At most four, strongest first; worked out when first read. */
  readonly reasons: readonly ScoreReason[];
  /** What {@link PropensityModel.learn} needs of the offer when its outcome is known: keep it with the decision. */
  readonly offer: OfferView;
};

/** A trained propensity model, ready to serve. */
export type PropensityModel = {
  readonly version: string;
  /** Share of yes in the training data. */
  readonly baseRate: number;
  /** Whether the model has learned from outcomes of this action. */
  knows(actionId: string): boolean;
  /** One score per candidate, in the same order. */
  score(request: PropensityRequest): readonly PropensityScore[];
  /**
   * Takes in the outcome of an offer this model scored, at once: the next score of the action sees it. Silence is a no
   * when {@link answerDays} are over; were it told only at the end of the window, a new action would look good for as
   * long, as its yeses come first.
   */
  learn(offer: OfferView, yes: boolean): void;
  /** Takes in a yes that came after the silence of its offer had been learned as a no. */
  correct(offer: OfferView): void;
  /** What was learned since training, as plain data; keep it to restart without loss. */
  learningState(): ActionLearningState;
  /** Takes over what was learned before a restart; false where it belongs to another version of the model. */
  restoreLearning(stored: unknown): boolean;
  /** Days in which a yes counts. */
  readonly windowDays: number;
  /** Days after which silence on a channel is as good as a no, as most yeses had come by then in training; at most the window. */
  answerDays(channel: string): number;
  /** Which outcomes count as a yes. */
  readonly positive: readonly PositiveOutcome[];
};

/**
 * Reads a propensity model from its folder.
 *
 * @throws Error that says what to do where files are missing, damaged, or trained on other feature definitions
 */
export async function loadPropensityModel(folder: string): Promise<PropensityModel> {
  return propensityModelOf(await loadBinaryClassifier(folder, { featuresHash: PROPENSITY_FEATURES_HASH }));
}

/** The scorer of a propensity model that was just trained or is already in memory. */
export function propensityModelOf(classifier: BinaryClassifier): PropensityModel {
  const { manifest, scorer } = classifier;
  const { baseRate, windowDays, actions, positive, answerDays: days } = propensityNotesOf(manifest);
  const learning = new ActionLearning(manifest.version, new Map(Object.entries(actions)));
  const attributor = new Attributor(classifier.toArtifact(), scorer);
  const known = knownActions(manifest.features);
  const members = withLastLayer(membersFromArtifact(classifier.toArtifact()));
  const candidateScorer = new CandidateScorer(scorer, members, known);
  return {
    version: manifest.version,
    baseRate,
    windowDays,
    answerDays: (channel) => Math.min(windowDays, days[channel] ?? days[''] ?? windowDays),
    positive,
    knows: (actionId) => known.has(actionId) || learning.outcomesOf(actionId) >= ENOUGH_OUTCOMES,
    learn: (offer, yes) => learning.learn(offer, yes),
    correct: (offer) => learning.correct(offer),
    learningState: () => learning.state(),
    restoreLearning: (stored) => learning.restore(stored),
    score: ({ state, values, now, timeZone, candidates }) => {
      const customer = checkedValues(values ?? featureValues(state, now));
      const moment = decisionMoment(state, now, timeZone);
      const outputs = candidateScorer.score({ customer, moment, candidates });
      return candidates.map((candidate, row) => {
        const calibrated = calibrate(manifest.calibrator, outputs[row * (1 + LAST_LAYER_SIZE)] ?? Number.NaN);
        const offer: OfferView = {
          actionId: candidate.actionId,
          logit: logOdds(calibrated),
          lastLayer: lastLayerOf(outputs, row),
        };
        const { shift, variance } = learning.adjust(offer);
        const probability = sigmoid(moderated(offer.logit + shift, variance));
        const explain = () => {
          const crossing = candidateValues(moment, candidate);
          const table = rowTable(customer, { candidate, crossing, known });
          const { features } = encodeRows(table, manifest.features);
          const { contributions } = attributor.explain(features.map((feature) => ({ feature, row: 0 })));
          const withShift = new Map(contributions).set('action', (contributions.get('action') ?? 0) + shift);
          return reasonsFromContributions(withShift, {
            value: valueIn(customer, crossing),
            tags: candidate.tags,
          });
        };
        const standardError = probability * (1 - probability) * Math.sqrt(variance);
        return new ExplainedScore({ probability, standardError, offer }, explain);
      });
    },
  };
}

/** Outcomes after which an action that came after training counts as known. */
const ENOUGH_OUTCOMES = 50;

function logOdds(probability: number): number {
  const inside = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  return Math.log(inside / (1 - inside));
}

/** A score whose reasons are worked out when first read: most candidates are never shown. */
class ExplainedScore implements PropensityScore {
  readonly probability: number;
  readonly standardError: number;
  readonly offer: OfferView;
  readonly #explain: () => readonly ScoreReason[];
  #reasons: readonly ScoreReason[] | undefined;

  constructor(score: Omit<PropensityScore, 'reasons'>, explain: () => readonly ScoreReason[]) {
    this.probability = score.probability;
    this.standardError = score.standardError;
    this.offer = score.offer;
    this.#explain = explain;
  }

  get reasons(): readonly ScoreReason[] {
    this.#reasons ??= this.#explain();
    return this.#reasons;
  }
}

function knownActions(encodings: readonly FeatureEncoding[]): ReadonlySet<string> {
  const action = encodings.find(({ name }) => name === 'action');
  return new Set(action?.kind === 'categorical' ? action.levels : []);
}

/** All columns of one offer. An action the model has never seen is missing in it. */
function rowTable(
  customer: Float64Array,
  offer: {
    readonly candidate: PropensityCandidate;
    readonly crossing: readonly number[];
    readonly known: ReadonlySet<string>;
  },
): Table {
  const { candidate, crossing, known } = offer;
  const named = candidateCategories(candidate);
  const seen = known.has(candidate.actionId) ? named : { ...named, action: '', treatment: '' };
  return createTable([
    ...FEATURES.map(({ name }, index) => numericColumn(name, [customer[index]])),
    ...CANDIDATE_COLUMNS.map(({ name }, index) => numericColumn(name, [crossing[index]])),
    ...CANDIDATE_CATEGORIES.map((name) => categoricalColumn(name, [seen[name]])),
  ]);
}

const CANDIDATE_INDEX = new Map(CANDIDATE_COLUMNS.map(({ name }, index) => [name, index]));

function valueIn(customer: Float64Array, crossing: readonly number[]): (feature: string) => number | null {
  return (feature) => {
    const value = customer[FEATURE_INDEX.get(feature) ?? -1] ?? crossing[CANDIDATE_INDEX.get(feature) ?? -1];
    return value === undefined || Number.isNaN(value) ? null : value;
  };
}
