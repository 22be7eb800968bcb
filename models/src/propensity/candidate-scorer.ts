// Kernel over typed arrays of a fixed number of candidates and terms.
import { FEATURE_INDEX } from '../features/customer-row.js';
import type { MemberNetwork } from '../networks/member-networks.js';
import type { CompiledScorer } from '../serving/compiled-scorer.js';
import type { CategoryTerms, FeatureTerms, NumberTerms } from '../serving/vectors/feature-terms.js';
import type { TermList } from '../serving/vectors/term-list.js';
import { ROWS_AT_ONCE, VectorNetwork } from '../serving/vectors/vector-network.js';
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

type Value = (crossing: CandidateCrossing) => number;
type CustomerTerm = { readonly terms: NumberTerms; readonly index: number };
type CandidateTerm = { readonly terms: NumberTerms; readonly value: Value };
type CategoryTerm = { readonly terms: CategoryTerms; readonly category: CandidateCategory };

/** What some candidates of a decision share, summed once for those. */
type SharedPart = {
  readonly part: Exclude<CandidatePart, 'moment'>;
  readonly terms: readonly CandidateTerm[];
  readonly list: TermList;
  /** Address of the first sum; there is one per key. */
  readonly sums: number;
  /** Place of the sum, by what the part's values follow from. */
  readonly places: Map<string, number>;
};

const SHARED_PARTS = ['action', 'group', 'channel', 'tags'] as const;

/**
 * Scores the candidates of a decision without a table: what all share (customer and moment) is summed once, what some
 * share (their action, group, channel or tags) once for those.
 */
export class CandidateScorer {
  private readonly network: VectorNetwork;
  private readonly known: ReadonlySet<string>;
  private readonly customer: CustomerTerm[] = [];
  private readonly moment: CandidateTerm[] = [];
  private readonly categories: CategoryTerm[] = [];
  private readonly parts: readonly SharedPart[];
  private readonly common: TermList;
  /** Address of the sum of what all candidates share. */
  private readonly commonSum: number;
  /** Per candidate the sums of its parts, then its categories. */
  private readonly rows: TermList;

  /**
   * @param members the scorer's; their last layers may have more outputs
   * @param known actions the model has seen; others are handed in as missing, which it has learned to make sense of
   * @throws Error where the model reads a feature that is neither the customer's nor a candidate's
   */
  constructor(scorer: CompiledScorer, members: readonly MemberNetwork[], known: ReadonlySet<string>) {
    const parts = SHARED_PARTS.length;
    const features = scorer.features.length;
    this.known = known;
    this.network = new VectorNetwork(scorer, members, {
      terms: features + ROWS_AT_ONCE * (features + parts),
      rows: 1 + parts * ROWS_AT_ONCE,
    });
    const terms: Record<CandidatePart, CandidateTerm[]> = {
      ...{ action: [], group: [], channel: [], tags: [] },
      moment: this.moment,
    };
    for (const feature of this.network.features) {
      this.place(feature, terms);
    }
    this.parts = SHARED_PARTS.map((part) => ({
      part,
      terms: terms[part],
      list: this.network.termList(ROWS_AT_ONCE * terms[part].length),
      sums: this.network.rowSpace(ROWS_AT_ONCE),
      places: new Map(),
    }));
    this.common = this.network.termList(this.customer.length + this.moment.length);
    this.commonSum = this.network.rowSpace(1);
    this.rows = this.network.termList(ROWS_AT_ONCE * (parts + this.categories.length));
  }

  private place(feature: FeatureTerms, terms: Readonly<Record<CandidatePart, CandidateTerm[]>>): void {
    const { name } = feature.encoding;
    if (feature.kind === 'categorical') {
      const category = CANDIDATE_CATEGORIES.find((each) => each === name);
      if (category !== undefined) {
        this.categories.push({ terms: feature, category });
        return;
      }
    } else {
      const index = FEATURE_INDEX.get(name);
      const column = CANDIDATE_COLUMNS.find((each) => each.name === name);
      if (index !== undefined) {
        this.customer.push({ terms: feature, index });
        return;
      }
      if (column !== undefined) {
        terms[column.part].push({ terms: feature, value: column.value });
        return;
      }
    }
    throw new Error(`Expected features of the customer or a candidate, got "${name}" (${feature.kind})`);
  }

  /**
   * The network's outputs, `candidates x outputs`, row-major.
   *
   * @param decision.customer values in the order of `FEATURES`
   */
  score(decision: {
    readonly customer: Float64Array;
    readonly moment: DecisionMoment;
    readonly candidates: readonly PropensityCandidate[];
  }): Float64Array {
    const { candidates } = decision;
    const { outputs, results, resultStride } = this.network;
    const scores = new Float64Array(candidates.length * outputs);
    const first = candidates[0];
    if (first === undefined) {
      return scores;
    }
    this.sumCommon(decision.customer, crossingOf(decision.moment, first));
    for (let from = 0; from < candidates.length; from += ROWS_AT_ONCE) {
      const rows = Math.min(ROWS_AT_ONCE, candidates.length - from);
      this.sumRows(decision.moment, candidates, { from, rows });
      this.network.finish(rows);
      for (let row = 0; row < rows; row += 1) {
        for (let output = 0; output < outputs; output += 1) {
          scores[(from + row) * outputs + output] = results[row * resultStride + output] as number;
        }
      }
    }
    return scores;
  }

  private sumCommon(customer: Float64Array, crossing: CandidateCrossing): void {
    const { network, common: list } = this;
    let count = 0;
    for (const { terms, index } of this.customer) {
      terms.write(list, count, customer[index] as number);
      count += 1;
    }
    for (const { terms, value } of this.moment) {
      terms.write(list, count, value(crossing));
      count += 1;
    }
    network.gather({ list, count, rows: 1, start: network.bias, out: this.commonSum });
  }

  private sumRows(
    moment: DecisionMoment,
    candidates: readonly PropensityCandidate[],
    { from, rows }: { readonly from: number; readonly rows: number },
  ): void {
    const { network, parts, categories, rows: list } = this;
    for (const { places } of parts) {
      places.clear();
    }
    let place = 0;
    for (let row = 0; row < rows; row += 1) {
      const candidate = candidates[from + row] as PropensityCandidate;
      let crossing: CandidateCrossing | undefined;
      for (const shared of parts) {
        const key = keyOf(shared.part, candidate);
        let at = shared.places.get(key);
        if (at === undefined) {
          at = shared.places.size;
          shared.places.set(key, at);
          crossing ??= crossingOf(moment, candidate);
          writeTerms(shared, at, crossing);
        }
        list.rows[place * 2] = shared.sums + at * network.stride;
        place += 1;
      }
      const isKnown = this.known.has(candidate.actionId);
      for (const { terms, category } of categories) {
        list.rows[place * 2] = terms.rowOf(levelOf(category, candidate, isKnown));
        place += 1;
      }
    }
    for (const { list: terms, sums, places, terms: ofOne } of parts) {
      const count = ofOne.length;
      network.gather({ list: terms, count, rows: places.size, start: network.zeros, out: sums });
    }
    const count = parts.length + categories.length;
    network.gather({ list, count, rows, start: this.commonSum, out: network.sums });
  }
}

function writeTerms({ terms, list }: SharedPart, at: number, crossing: CandidateCrossing): void {
  let place = at * terms.length;
  for (const { terms: number, value } of terms) {
    number.write(list, place, value(crossing));
    place += 1;
  }
}

function keyOf(part: SharedPart['part'], candidate: PropensityCandidate): string {
  switch (part) {
    case 'action':
      return candidate.actionId;
    case 'group':
      return candidate.groupId;
    case 'channel':
      return candidate.channel;
    case 'tags':
      return candidate.tags.length === 1 ? (candidate.tags[0] as string) : candidate.tags.join('\n');
  }
}

/** Empty where it is missing. */
function levelOf(category: CandidateCategory, candidate: PropensityCandidate, isKnown: boolean): string {
  switch (category) {
    case 'action':
      return isKnown ? candidate.actionId : '';
    case 'treatment':
      return isKnown ? candidate.treatmentId : '';
    case 'channel':
      return candidate.channel;
    case 'group':
      return candidate.groupId;
  }
}
