import type { CustomerHistory } from '../events/segue-event.js';
import { FEATURES, featureValues } from '../features/feature-set.js';
import type { FeatureState } from '../features/feature-state.js';
import { CustomerSample } from '../histories/customer-sample.js';
import { FeatureRows } from '../histories/feature-rows.js';
import { HISTORY_BOUND_FEATURES } from '../histories/history-bound-features.js';
import { statesAt } from '../histories/walk-history.js';
import { categoricalColumn, createTable, type Table } from '../tables/table.js';
import type { ActionFacts } from './candidate.js';
import {
  CANDIDATE_CATEGORIES,
  CANDIDATE_COLUMNS,
  type CandidateCategory,
  candidateCategories,
  candidateValues,
  decisionMoment,
} from './candidate-columns.js';
import { type Offer, offersInHistory, type PositiveOutcome } from './offers-in-history.js';

export type PropensityRows = {
  /** One row per offer: FEATURES (without what is bound to the history), CANDIDATE_COLUMNS, CANDIDATE_CATEGORIES. */
  readonly table: Table;
  /** 1 where the offer got a yes within the window. */
  readonly labels: Uint8Array;
  /** Days from each offer to its yes within the window; NaN without one. */
  readonly daysToYes: Float64Array;
  /** When each offer was made, milliseconds since 1970. */
  readonly times: Float64Array;
  /** A number per customer, evenly spread from 0 to below 2^32. */
  readonly customers: Uint32Array;
  /** Share of all customers that the rows are a sample of; 1 = all. */
  readonly sampled: number;
  /** Time of the earliest and latest event of any customer; null without events. */
  readonly window: { readonly from: Date; readonly to: Date } | null;
};

export type PropensityRowsOptions = {
  /** Which outcomes count as a yes. */
  readonly positive: readonly PositiveOutcome[];
  /** Days in which a yes counts. */
  readonly windowDays: number;
  readonly actions: readonly ActionFacts[];
  readonly seed: number;
  /** With more rows than this only a sample of the customers is kept. */
  readonly maxRows: number;
};

type RowFacts = {
  /** NaN without a yes within the window. */
  readonly daysToYes: number;
  readonly time: number;
  readonly customer: number;
  readonly categories: Readonly<Record<CandidateCategory, string>>;
};

/** Gathers {@link PropensityRows} from one history after another; holds feature rows and never the events. */
export class PropensityRowsBuilder {
  private readonly numbers = new FeatureRows([...FEATURES, ...CANDIDATE_COLUMNS].map(({ name }) => name));
  private facts: RowFacts[] = [];
  private readonly options: PropensityRowsOptions;
  private readonly tagsOf: ReadonlyMap<string, readonly string[]>;
  private readonly sample: CustomerSample;
  private from = Number.POSITIVE_INFINITY;
  private to = Number.NEGATIVE_INFINITY;

  constructor(options: PropensityRowsOptions) {
    this.options = options;
    this.tagsOf = new Map(options.actions.map(({ actionId, tags }) => [actionId, tags]));
    this.sample = new CustomerSample(options.seed);
  }

  /** Adds a row per offer, with the features of the events strictly before it. */
  add(history: CustomerHistory): void {
    this.from = Math.min(this.from, history.events[0]?.timestamp.getTime() ?? this.from);
    this.to = Math.max(this.to, history.events.at(-1)?.timestamp.getTime() ?? this.to);
    const customer = this.sample.placeOf(history.customerId);
    if (!this.sample.keeps(customer)) {
      return;
    }
    const offers = offersInHistory(history, this.options.positive);
    const states = statesAt(
      history,
      offers.map(({ time }) => time),
    );
    for (const offer of offers) {
      const { value } = states.next();
      if (value !== undefined) {
        this.addOffer(offer, value.state, customer);
      }
    }
    while (this.facts.length > this.options.maxRows) {
      this.sample.halve();
      this.numbers.retain((row) => this.sample.keeps(this.facts[row]?.customer ?? 0));
      this.facts = this.facts.filter((fact) => this.sample.keeps(fact.customer));
    }
  }

  private addOffer(offer: Offer, state: FeatureState, customer: number): void {
    const now = new Date(offer.time);
    const { daysToYes = Number.NaN } = offer;
    const candidate = { ...offer.candidate, tags: this.tagsOf.get(offer.candidate.actionId) ?? [] };
    this.numbers.add([
      ...featureValues(state, now),
      ...candidateValues(decisionMoment(state, now), candidate),
    ]);
    this.facts.push({
      daysToYes: daysToYes <= this.options.windowDays ? daysToYes : Number.NaN,
      time: offer.time,
      customer,
      categories: candidateCategories(candidate),
    });
  }

  build(): PropensityRows {
    const { facts } = this;
    return {
      table: createTable([
        ...this.numbers.toColumns().filter(({ name }) => !HISTORY_BOUND_FEATURES.includes(name)),
        ...CANDIDATE_CATEGORIES.map((name) =>
          categoricalColumn(
            name,
            facts.map(({ categories }) => categories[name]),
          ),
        ),
      ]),
      labels: Uint8Array.from(facts, ({ daysToYes }) => (Number.isNaN(daysToYes) ? 0 : 1)),
      daysToYes: Float64Array.from(facts, ({ daysToYes }) => daysToYes),
      times: Float64Array.from(facts, ({ time }) => time),
      customers: Uint32Array.from(facts, ({ customer }) => customer),
      sampled: this.sample.share,
      window: this.to >= this.from ? { from: new Date(this.from), to: new Date(this.to) } : null,
    };
  }
}
