import type { CustomerHistory } from '../events/segue-event.js';
import { FEATURES, featureValues } from '../features/feature-set.js';
import { FeatureRows } from '../histories/feature-rows.js';
import { statesAt } from '../histories/walk-history.js';
import { categoricalColumn, createTable, type Table } from '../tables/table.js';
import type { ActionFacts } from './candidate.js';
import {
  CANDIDATE_CATEGORIES,
  CANDIDATE_COLUMNS,
  candidateCategories,
  candidateValues,
  decisionMoment,
} from './candidate-columns.js';
import { offersInHistory, type PositiveOutcome } from './offers-in-history.js';

export type PropensityRows = {
  /** One row per offer: FEATURES, then CANDIDATE_COLUMNS, then CANDIDATE_CATEGORIES. */
  readonly table: Table;
  /** 1 where the offer got a yes within the window. */
  readonly labels: Uint8Array;
  /** When each offer was made, milliseconds since 1970. */
  readonly times: Float64Array;
  readonly actions: readonly string[];
  /** Number of the row's customer. */
  readonly customers: Int32Array;
};

export type PropensityRowsOptions = {
  readonly positive: readonly PositiveOutcome[];
  /** Days in which a yes counts. */
  readonly windowDays: number;
  /** Offers whose window ends after this are left out: their answer may still come. */
  readonly until: Date;
  readonly actions: readonly ActionFacts[];
};

const DAY_MS = 86_400_000;

/** Gathers {@link PropensityRows} from one history after another. */
export class PropensityRowsBuilder {
  private readonly numbers = new FeatureRows([...FEATURES, ...CANDIDATE_COLUMNS].map(({ name }) => name));
  private readonly categories = CANDIDATE_CATEGORIES.map((name) => ({ name, values: [] as string[] }));
  private readonly labels: number[] = [];
  private readonly times: number[] = [];
  private readonly customerOf: number[] = [];
  private customers = 0;
  private readonly options: PropensityRowsOptions;
  private readonly tagsOf: ReadonlyMap<string, readonly string[]>;

  constructor(options: PropensityRowsOptions) {
    this.options = options;
    this.tagsOf = new Map(options.actions.map(({ actionId, tags }) => [actionId, tags]));
  }

  add(history: CustomerHistory): void {
    const { positive, windowDays, until } = this.options;
    const offers = offersInHistory(history, positive).filter(
      ({ time }) => time + windowDays * DAY_MS <= until.getTime(),
    );
    let index = 0;
    for (const { state } of statesAt(
      history,
      offers.map(({ time }) => time),
    )) {
      const offer = offers[index];
      index += 1;
      if (offer === undefined) {
        break;
      }
      const now = new Date(offer.time);
      const candidate = { ...offer.candidate, tags: this.tagsOf.get(offer.candidate.actionId) ?? [] };
      const moment = decisionMoment(state, now);
      this.numbers.add([...featureValues(state, now), ...candidateValues(moment, candidate)]);
      const categories = candidateCategories(candidate);
      for (const { name, values } of this.categories) {
        values.push(categories[name]);
      }
      this.labels.push(offer.daysToYes !== undefined && offer.daysToYes <= windowDays ? 1 : 0);
      this.times.push(offer.time);
      this.customerOf.push(this.customers);
    }
    this.customers += 1;
  }

  get rows(): number {
    return this.labels.length;
  }

  build(): PropensityRows {
    return {
      table: createTable([
        ...this.numbers.toColumns(),
        ...this.categories.map(({ name, values }) => categoricalColumn(name, values)),
      ]),
      labels: Uint8Array.from(this.labels),
      times: Float64Array.from(this.times),
      actions: this.categories[0]?.values ?? [],
      customers: Int32Array.from(this.customerOf),
    };
  }
}
