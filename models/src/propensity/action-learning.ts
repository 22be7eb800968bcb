import { z } from 'zod';
import {
  type ActionPosterior,
  actionPosteriorSchema,
  adjustment,
  corrected,
  learned,
  priorPosterior,
} from './action-posterior.js';

const stateSchema = z.object({
  format: z.literal(1),
  /** Version of the propensity model whose log odds these posteriors correct. */
  modelVersion: z.string(),
  actions: z.record(z.string(), actionPosteriorSchema),
});

/** All posteriors of a model as plain data: keep it and hand it back after a restart, and nothing is lost. */
export type ActionLearningState = z.infer<typeof stateSchema>;

/** Size of the last layer's summary; with the constant the posterior has one input more. */
export const LAST_LAYER_SIZE = 6;

// In squared log odds. An unknown action differs from what its group promises by about 0.9 either way, and how it works
// on people from the common picture by about 0.3.
const ACTION_VARIANCE = 0.8;
const TASTE_VARIANCE = 0.1;
/** Of an action that was trained on the network knows most of that. */
const TRAINED_TASTE_VARIANCE = 0.03;
/** However much was seen in training, an action may have changed since: how well it does, and on whom, all inputs together. */
const LEAST_VARIANCE = 0.003;

/** Offers and yes of an action in the network's training data. */
export type TrainedOn = { readonly shown: number; readonly yes: number };

export type OfferView = {
  readonly actionId: string;
  /** The network's calibrated log odds. */
  readonly logit: number;
  /** The last layer's summary for this offer, each input about between -2 and 2. */
  readonly lastLayer: readonly number[];
};

/**
 * The last layer, per action, as a Bayesian regression that learns from each outcome as it comes in (neural-linear;
 * Riquelme et al. 2018). In memory; `state` and `restore` carry it over a restart.
 */
export class ActionLearning {
  private readonly posteriors = new Map<string, ActionPosterior>();
  private readonly modelVersion: string;
  private readonly trainedOn: ReadonlyMap<string, TrainedOn>;
  private readonly priors = new Map<string, ActionPosterior>();
  private readonly priorOfUnknown = priorFor({ shown: 0, yes: 0 });

  constructor(modelVersion: string, trainedOn: ReadonlyMap<string, TrainedOn>) {
    this.modelVersion = modelVersion;
    this.trainedOn = trainedOn;
  }

  /** What outcomes since training add to the log odds of an offer, and how unsure that is. */
  adjust(offer: OfferView): { readonly shift: number; readonly variance: number } {
    return adjustment(this.posteriorOf(offer.actionId), inputsOf(offer));
  }

  /** Takes in one outcome. */
  learn(offer: OfferView, yes: boolean): void {
    const posterior = learned(this.posteriorOf(offer.actionId), {
      logit: offer.logit,
      inputs: inputsOf(offer),
      yes,
    });
    this.posteriors.set(offer.actionId, posterior);
  }

  /** Takes in a yes that came after its offer's silence had been learned as a no. */
  correct(offer: OfferView): void {
    const posterior = corrected(this.posteriorOf(offer.actionId), {
      logit: offer.logit,
      inputs: inputsOf(offer),
    });
    this.posteriors.set(offer.actionId, posterior);
  }

  /** Outcomes learned from since training. */
  outcomesOf(actionId: string): number {
    return this.posteriors.get(actionId)?.outcomes ?? 0;
  }

  state(): ActionLearningState {
    return { format: 1, modelVersion: this.modelVersion, actions: Object.fromEntries(this.posteriors) };
  }

  /**
   * Takes over a stored state. False, with nothing changed, where it belongs to another version of the model: its
   * corrections would not fit.
   *
   * @throws Error where it is damaged
   */
  restore(stored: unknown): boolean {
    const parsed = stateSchema.safeParse(stored);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new Error(
        `Expected what ActionLearning stored, got a problem at "${issue?.path.join('.')}": ${issue?.message}`,
      );
    }
    if (parsed.data.modelVersion !== this.modelVersion) {
      return false;
    }
    this.posteriors.clear();
    for (const [actionId, posterior] of Object.entries(parsed.data.actions)) {
      this.posteriors.set(actionId, posterior);
    }
    return true;
  }

  private posteriorOf(actionId: string): ActionPosterior {
    return this.posteriors.get(actionId) ?? this.priorOf(actionId);
  }

  private priorOf(actionId: string): ActionPosterior {
    const trainedOn = this.trainedOn.get(actionId);
    if (trainedOn === undefined) {
      return this.priorOfUnknown;
    }
    const prior = this.priors.get(actionId) ?? priorFor(trainedOn);
    this.priors.set(actionId, prior);
    return prior;
  }
}

/** What the network has learned of the action already leaves that much less to be unsure of. */
function priorFor({ shown, yes }: TrainedOn): ActionPosterior {
  const rate = (yes + 1) / (shown + 10);
  const information = shown * rate * (1 - rate);
  const left = (variance: number, least: number) => Math.max(least, 1 / (1 / variance + information));
  const taste = left(
    (shown === 0 ? TASTE_VARIANCE : TRAINED_TASTE_VARIANCE) / LAST_LAYER_SIZE,
    LEAST_VARIANCE / LAST_LAYER_SIZE,
  );
  const constant = left(ACTION_VARIANCE, LEAST_VARIANCE);
  return priorPosterior([constant, ...new Array<number>(LAST_LAYER_SIZE).fill(taste)]);
}

function inputsOf({ lastLayer }: OfferView): number[] {
  return [1, ...lastLayer];
}
