import type { JsonValue } from '@segue/models';
import type { ActionClass } from '../catalogue/action.js';
import type { ActionId, Channel, GroupId, IssueId, Placement, TreatmentId } from '../catalogue/ids.js';
import type { DecisionProfile } from './decision-profile.js';

/** What is going on around the customer at the moment of the decision. */
export type DecisionContext = {
  /** Channels it may be made for; several = the next best channel is chosen too. */
  readonly channels: readonly Channel[];
  readonly placement?: Placement | undefined;
  /** How many actions are wanted, 1 to 20. */
  readonly slots: number;
  /** Topic of the conversation, "delivery", "refund" … */
  readonly topic?: string | undefined;
  /** Intents seen in this session's pages, searches and messages. */
  readonly intents?: readonly string[] | undefined;
  /** Page the customer is on. */
  readonly page?: string | undefined;
  /** Anything else conditions may ask for, as `context.<name>`. */
  readonly facts?: Readonly<Record<string, JsonValue>> | undefined;
};

export type ScoreRequest = {
  readonly actionId: ActionId;
  readonly treatmentId: TreatmentId;
  readonly channel: Channel;
  readonly group: GroupId;
  readonly issue: IssueId;
  readonly class: ActionClass;
  readonly startingPropensity: number;
};

export type PropensityScore = {
  /** 0 to 1. */
  readonly probability: number;
  /** Of `probability`; absent or 0 = taken as known, so not explored by Thompson sampling. */
  readonly standardError?: number | undefined;
  /** Rise in probability over doing nothing, where an experiment measured it. */
  readonly uplift?: number | undefined;
  /** Read only of what is chosen, so a model may work them out then. */
  readonly reasons: readonly string[];
};

/** How much of the action is used up over all customers. */
export type ActionUsage = { readonly contacts: number; readonly acceptances: number; readonly spent: number };

export type DecideInput = {
  readonly profile: DecisionProfile;
  readonly context: DecisionContext;
  /** Called once, with the candidates that are to be scored; answers in the same order. Never for `noProfiling`. */
  readonly scorePropensity: (candidates: readonly ScoreRequest[]) => readonly PropensityScore[];
  readonly now: Date;
  /** Decides every draw: the decision's id, say. */
  readonly seed: string;
  readonly usage?: ReadonlyMap<string, ActionUsage> | undefined;
  readonly modelVersions?: Readonly<Record<string, string>> | undefined;
  /** `now` (default): only what may go out now. `later`: held candidates compete too and carry `notBefore`. */
  readonly timing?: 'now' | 'later' | undefined;
};
