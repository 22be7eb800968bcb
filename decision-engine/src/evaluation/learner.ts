import {
  type BinaryClassifier,
  type ChosenBlend,
  type CustomerHistory,
  emptyFeatureState,
  type FeatureState,
  type OfferView,
  type PropensityCandidate,
  type PropensityModel,
  propensityModelOf,
  retrainPropensity,
  type SegueEvent,
  trainPropensity,
  updateFeatureState,
} from '@segue/models';
import type { Moment, OutcomeNote } from '../demo-shop/behaviour/life.js';
import type { DemoEvent } from '../demo-shop/demo-event.js';
import { type DemoAction, SHOP_ACTIONS } from '../demo-shop/world/actions.js';
import { choiceProbabilities, drawIndex } from '../exploration/choice-probabilities.js';
import type { ExplorationSettings } from '../exploration/exploration-settings.js';
import { seededRandom } from '../exploration/seeded-random.js';
import { segueEventOf } from './segue-event-of.js';

const DAY = 86_400_000;

/** An offer that may still be learned from, with the customer as they were when it was made. */
type Made = {
  readonly at: number;
  readonly state: FeatureState;
  readonly candidate: PropensityCandidate;
  /** undefined until it is answered, or silence is as good as a no. */
  yes: boolean | undefined;
  view: OfferView | undefined;
};

type Offered = Pick<Made, 'candidate' | 'view'> & { readonly customer: number; readonly moment: Moment };

export type LearnerSettings = {
  readonly seed: number;
  readonly exploration: ExplorationSettings;
  /** Seconds a training may take. */
  readonly budgetSeconds: number;
  /** Offers a training uses at most. */
  readonly maxRows: number;
};

/** Days in which a yes counts. */
const WINDOW_DAYS = 7;
/** How long offers are remembered, to be learned from once more by a model that was trained without them. */
const REMEMBER = (WINDOW_DAYS + 1) * DAY;

/**
 * Segue's own learning, from end to end but without the store: feature state from events, the propensity model trained
 * on the log, learning from each outcome, exploration over P x V. It sees events and candidates, never the truth.
 */
export class Learner {
  private readonly settings: LearnerSettings;
  private readonly states = new Map<number, FeatureState>();
  private readonly histories = new Map<number, SegueEvent[]>();
  private readonly open = new Map<string, Made>();
  private remembered: Made[] = [];
  /** Offers whose silence is not a no yet, oldest first, by channel. */
  private readonly waiting = new Map<string, { queue: Made[]; from: number }>();
  private readonly random: () => number;
  private model: PropensityModel | undefined;
  private trained = 0;
  /** What the first training chose by a test. */
  private chosen: ChosenBlend | undefined;

  constructor(settings: LearnerSettings) {
    this.settings = settings;
    this.random = seededRandom(`learner ${settings.seed}`);
  }

  /** Hears what happened to a customer. */
  hear(customer: number, heard: DemoEvent, outcome: OutcomeNote | undefined): void {
    const event = segueEventOf(heard);
    if (event === undefined) return;
    this.states.set(customer, updateFeatureState(this.stateOf(customer), event));
    const history = this.histories.get(customer);
    if (history === undefined) this.histories.set(customer, [event]);
    else history.push(event);
    this.settle(event.timestamp.getTime());
    if (outcome?.outcome === 'accepted') this.answer(outcome.offer.decisionId, true);
    if (outcome?.outcome === 'rejected') this.answer(outcome.offer.decisionId, false);
  }

  /** What to offer, and the probability with which it was chosen. At random until the first training. */
  choose(customer: number, moment: Moment): { readonly action: DemoAction; readonly propensity: number } {
    const now = new Date(moment.at);
    const state = this.stateOf(customer);
    const candidates = moment.candidates.map((action) => candidateOf(action, moment));
    const scores = this.model?.score({ state, now, candidates });
    const probabilities =
      scores === undefined ? candidates.map(() => 1 / candidates.length) : this.probabilities(moment, scores);
    const index = drawIndex(probabilities, this.random);
    const action = moment.candidates[index];
    const candidate = candidates[index];
    if (action === undefined || candidate === undefined) {
      throw new Error(`Expected an index below ${candidates.length}, got ${index}`);
    }
    this.remember({ customer, moment, candidate, view: scores?.[index]?.offer });
    return { action, propensity: probabilities[index] ?? 0 };
  }

  /** Offers this very action. @returns the probability of a yes that was expected; undefined before the first training */
  offer(customer: number, moment: Moment, action: DemoAction): number | undefined {
    const candidate = candidateOf(action, moment);
    const [score] =
      this.model?.score({
        state: this.stateOf(customer),
        now: new Date(moment.at),
        candidates: [candidate],
      }) ?? [];
    this.remember({ customer, moment, candidate, view: score?.offer });
    return score?.probability;
  }

  /** Trains on everything heard so far, and learns from the answers to offers that were too late for training. */
  async train(now: number): Promise<void> {
    this.trained += 1;
    const model = propensityModelOf(await this.fit(now));
    this.model = model;
    for (const lane of this.waiting.values()) {
      lane.queue = lane.queue.slice(lane.from);
      lane.from = 0;
    }
    this.remembered = this.remembered.filter(({ at }) => at >= now - REMEMBER);
    for (const made of this.remembered) {
      const [score] = model.score({
        state: made.state,
        now: new Date(made.at),
        candidates: [made.candidate],
      });
      made.view = score?.offer;
      const inTraining = made.at <= now - model.answerDays(made.candidate.channel) * DAY;
      if (!inTraining && made.yes !== undefined && score !== undefined) model.learn(score.offer, made.yes);
    }
  }

  /** The first training chooses how networks and regression are blended; later ones take it over, which is quicker. */
  private async fit(now: number): Promise<BinaryClassifier> {
    const options = {
      histories: () => this.log(),
      actions: SHOP_ACTIONS.map(({ id, tags }) => ({ actionId: id, tags })),
      windowDays: WINDOW_DAYS,
      seed: this.settings.seed,
      version: `study-${this.trained}`,
      trainedAt: new Date(now),
      budgetSeconds: this.settings.budgetSeconds,
      maxRows: this.settings.maxRows,
    };
    if (this.chosen !== undefined) return retrainPropensity(options, this.chosen);
    const { classifier, chosen } = await trainPropensity(options);
    this.chosen = chosen;
    return classifier;
  }

  /** Outcomes of an action learned from since the last training. */
  outcomesOf(actionId: string): number {
    return this.model?.learningState().actions[actionId]?.outcomes ?? 0;
  }

  private remember({ customer, moment, candidate, view }: Offered): void {
    const state = this.stateOf(customer);
    const made: Made = { at: moment.at, state, candidate, yes: undefined, view };
    this.open.set(`demo-d-${moment.life.seed}-${customer}-${moment.at}`, made);
    const lane = this.waiting.get(candidate.channel) ?? { queue: [], from: 0 };
    this.waiting.set(candidate.channel, lane);
    lane.queue.push(made);
    this.remembered.push(made);
  }

  private probabilities(
    moment: Moment,
    scores: readonly { readonly probability: number; readonly standardError: number }[],
  ): readonly number[] {
    const contenders = scores.map(({ probability, standardError }, index) => {
      const action = moment.candidates[index];
      const scale = action === undefined ? 0 : Math.max(0, action.value - action.cost);
      return {
        priority: probability * scale,
        propensity: probability,
        standardError,
        shape: { kind: 'linear' as const, scale, offset: 0 },
      };
    });
    return choiceProbabilities(contenders, this.settings.exploration, this.random).probabilities;
  }

  private stateOf(customer: number): FeatureState {
    return this.states.get(customer) ?? emptyFeatureState();
  }

  private answer(decisionId: string, yes: boolean): void {
    const made = this.open.get(decisionId);
    if (made === undefined) return;
    this.open.delete(decisionId);
    if (made.yes === undefined) {
      this.learn(made, yes);
    } else if (yes) {
      made.yes = true;
      if (made.view !== undefined) this.model?.correct(made.view);
    }
  }

  private learn(made: Made, yes: boolean): void {
    made.yes = yes;
    if (made.view !== undefined) this.model?.learn(made.view, yes);
  }

  /** Silence is a no once most yeses of the channel would have come. */
  private settle(now: number): void {
    for (const [channel, lane] of this.waiting) {
      const days = this.model?.answerDays(channel) ?? WINDOW_DAYS;
      for (;;) {
        const made = lane.queue[lane.from];
        if (made === undefined || made.at > now - days * DAY) break;
        lane.from += 1;
        if (made.yes === undefined) this.learn(made, false);
      }
    }
  }

  private async *log(): AsyncGenerator<CustomerHistory, void, undefined> {
    for (const [customer, events] of this.histories) yield { customerId: String(customer), events };
  }
}

function candidateOf(action: DemoAction, { channel }: Moment): PropensityCandidate {
  return {
    actionId: action.id,
    groupId: action.group,
    channel,
    treatmentId: `${action.id}-${channel}`,
    tags: action.tags,
  };
}
