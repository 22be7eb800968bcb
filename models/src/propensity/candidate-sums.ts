// Kernels over typed arrays of the network's number of first-layer units.
import { FEATURE_INDEX } from '../features/customer-row.js';
import type { CategoricalEncoding, FeatureEncoding, NumericEncoding } from '../networks/feature-encoding.js';
import type { CompiledScorer } from '../serving/compiled-scorer.js';
import type { PropensityCandidate } from './candidate.js';
import {
  CANDIDATE_CATEGORIES,
  CANDIDATE_COLUMNS,
  type CandidateCategory,
  type CandidateCrossing,
  type CandidatePart,
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
  private readonly combinations: Combinations = new Map();
  private kept = 0;
  /** Sums of the decision at hand; the arrays serve again for the next one. */
  private readonly pool: Float64Array[] = [];
  private taken = 0;
  private readonly bias: Float64Array;

  /**
   * @param known actions the model has seen; others are handed in as missing, which it has learned to make sense of
   * @throws Error where the model reads a feature that is neither the customer's nor a candidate's
   */
  constructor(scorer: CompiledScorer, known: ReadonlySet<string>) {
    this.scorer = scorer;
    this.known = known;
    this.bias = scorer.start();
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
      const index = FEATURE_INDEX.get(encoding.name);
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
    this.taken = 0;
    const sum = this.take();
    const start = this.take();
    start.set(this.bias);
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
      const tags = this.once(interests, tagsKey(candidate), ['tags', crossing]);
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
    const sum = this.take();
    this.add(part, crossing, sum);
    made.set(key, sum);
    return sum;
  }

  /** An array of zeros. */
  private take(): Float64Array {
    const array = this.pool[this.taken] ?? new Float64Array(this.scorer.units);
    this.pool[this.taken] = array;
    this.taken += 1;
    return array.fill(0);
  }

  private categoriesOf(candidate: PropensityCandidate): Float64Array {
    const isKnown = this.known.has(candidate.actionId);
    const action = isKnown ? candidate.actionId : '';
    const treatment = isKnown ? candidate.treatmentId : '';
    const { channel, groupId: group } = candidate;
    const found = this.combinations.get(action)?.get(treatment)?.get(channel)?.get(group);
    if (found !== undefined) {
      return found;
    }
    const sum = new Float64Array(this.scorer.units);
    const named: Readonly<Record<CandidateCategory, string>> = { action, treatment, channel, group };
    for (const { encoding, category, slots } of this.categories) {
      const unknown = encoding.levels.length;
      const level = named[category];
      const slot = level === '' ? unknown + 1 : (slots.get(level) ?? unknown);
      this.scorer.addRow(encoding.offset + slot, 1, sum);
    }
    if (this.kept >= KEPT_COMBINATIONS) {
      this.combinations.clear();
      this.kept = 0;
    }
    this.kept += 1;
    inside(inside(inside(this.combinations, action), treatment), channel).set(group, sum);
    return sum;
  }
}

/** By action, treatment, channel and group: looking four names up is faster than joining them. */
type Combinations = Map<string, Map<string, Map<string, Map<string, Float64Array>>>>;

function inside<Value>(maps: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const known = maps.get(key) ?? new Map<string, Value>();
  maps.set(key, known);
  return known;
}

function tagsKey({ tags }: PropensityCandidate): string {
  return tags.length === 1 ? (tags[0] ?? '') : tags.join('\n');
}
