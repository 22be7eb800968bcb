// Kernels over typed arrays of the network's number of first-layer units.
import { FEATURES } from '../features/feature-set.js';
import type { CategoricalEncoding, FeatureEncoding, NumericEncoding } from '../networks/feature-encoding.js';
import type { CompiledScorer } from '../serving/compiled-scorer.js';
import type { PropensityCandidate } from './candidate.js';
import {
  CANDIDATE_CATEGORIES,
  CANDIDATE_COLUMNS,
  type CandidateCategory,
  type CandidateCrossing,
  type CandidatePart,
  candidateCategories,
  crossingOf,
  type DecisionMoment,
} from './candidate-columns.js';

type CustomerTerm = { readonly encoding: NumericEncoding; readonly index: number };
type CandidateTerm = {
  readonly encoding: NumericEncoding;
  readonly value: (crossing: CandidateCrossing) => number;
};
type CategoryTerm = {
  readonly encoding: CategoricalEncoding;
  readonly category: CandidateCategory;
  readonly slots: ReadonlyMap<string, number>;
};

type Made = Map<unknown, Float64Array>;

/** Combinations of categories that are kept; a catalogue has fewer, a caller who makes up ids has not. */
const KEPT_COMBINATIONS = 2000;

/**
 * First-layer sums of a decision's candidates without a table: what all share (customer and moment) is summed once, what
 * some share (their group, channel or tags) once for those, and what depends on no customer (the categories) once for good.
 */
export class CandidateSums {
  private readonly scorer: CompiledScorer;
  private readonly known: ReadonlySet<string>;
  private readonly customer: CustomerTerm[] = [];
  private readonly parts: Readonly<Record<CandidatePart, CandidateTerm[]>> = {
    action: [],
    group: [],
    channel: [],
    tags: [],
    moment: [],
  };
  private readonly categories: CategoryTerm[] = [];
  private readonly combinations = new Map<string, Float64Array>();

  /**
   * @param known actions the model has seen; others are handed in as missing, which it has learned to make sense of
   * @throws Error where the model reads a feature that is neither the customer's nor a candidate's
   */
  constructor(scorer: CompiledScorer, known: ReadonlySet<string>) {
    this.scorer = scorer;
    this.known = known;
    for (const encoding of scorer.features) {
      this.place(encoding);
    }
  }

  private place(encoding: FeatureEncoding): void {
    if (encoding.kind === 'categorical') {
      const category = CANDIDATE_CATEGORIES.find((name) => name === encoding.name);
      if (category !== undefined) {
        const slots = new Map(encoding.levels.map((level, slot) => [level, slot]));
        this.categories.push({ encoding, category, slots });
        return;
      }
    } else {
      const index = CUSTOMER_INDEX.get(encoding.name);
      const column = CANDIDATE_COLUMNS.find(({ name }) => name === encoding.name);
      if (index !== undefined) {
        this.customer.push({ encoding, index });
        return;
      }
      if (column !== undefined) {
        this.parts[column.part].push({ encoding, value: column.value });
        return;
      }
    }
    throw new Error(
      `Expected features of the customer or a candidate, got "${encoding.name}" (${encoding.kind})`,
    );
  }

  /**
   * Calls `each` with one candidate's sum after another; the array is the same each time.
   *
   * @param decision.customer values in the order of `FEATURES`
   */
  forEach(
    decision: {
      readonly customer: Float64Array;
      readonly moment: DecisionMoment;
      readonly candidates: readonly PropensityCandidate[];
    },
    each: (sum: Float64Array, candidate: PropensityCandidate) => void,
  ): void {
    const { customer, moment, candidates } = decision;
    const { scorer } = this;
    const sum = scorer.start();
    const start = scorer.start();
    for (const { encoding, index } of this.customer) {
      scorer.addValue(encoding, customer[index] as number, start);
    }
    const actions: Made = new Map();
    const groups: Made = new Map();
    const channels: Made = new Map();
    const interests: Made = new Map();
    candidates.forEach((candidate, row) => {
      const crossing = crossingOf(moment, candidate);
      if (row === 0) {
        this.add('moment', crossing, start);
      }
      const action = this.once(actions, crossing.action, ['action', crossing]);
      const group = this.once(groups, crossing.group, ['group', crossing]);
      const channel = this.once(channels, crossing.channel, ['channel', crossing]);
      const tags = this.once(interests, candidate.tags.join('\n'), ['tags', crossing]);
      const categories = this.categoriesOf(candidate);
      for (let unit = 0; unit < sum.length; unit += 1) {
        sum[unit] =
          (start[unit] as number) +
          (action[unit] as number) +
          (group[unit] as number) +
          (channel[unit] as number) +
          (tags[unit] as number) +
          (categories[unit] as number);
      }
      each(sum, candidate);
    });
  }

  private add(part: CandidatePart, crossing: CandidateCrossing, sum: Float64Array): void {
    for (const { encoding, value } of this.parts[part]) {
      this.scorer.addValue(encoding, value(crossing), sum);
    }
  }

  /** @param key what the part's values follow from, within one decision */
  private once(
    made: Made,
    key: unknown,
    [part, crossing]: readonly [CandidatePart, CandidateCrossing],
  ): Float64Array {
    const known = made.get(key);
    if (known !== undefined) {
      return known;
    }
    const sum = new Float64Array(this.scorer.units);
    this.add(part, crossing, sum);
    made.set(key, sum);
    return sum;
  }

  private categoriesOf(candidate: PropensityCandidate): Float64Array {
    const named = candidateCategories(candidate);
    const seen = this.known.has(candidate.actionId) ? named : { ...named, action: '', treatment: '' };
    const key = `${seen.action}\n${seen.treatment}\n${seen.channel}\n${seen.group}`;
    const known = this.combinations.get(key);
    if (known !== undefined) {
      return known;
    }
    const sum = new Float64Array(this.scorer.units);
    for (const { encoding, category, slots } of this.categories) {
      const unknown = encoding.levels.length;
      const level = seen[category];
      const slot = level === '' ? unknown + 1 : (slots.get(level) ?? unknown);
      this.scorer.addRow(encoding.offset + slot, 1, sum);
    }
    if (this.combinations.size >= KEPT_COMBINATIONS) {
      this.combinations.clear();
    }
    this.combinations.set(key, sum);
    return sum;
  }
}

const CUSTOMER_INDEX = new Map(FEATURES.map(({ name }, index) => [name, index]));
