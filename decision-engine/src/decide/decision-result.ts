import type { ActionClass } from '../catalogue/action.js';
import type { ActionId, Channel, GroupId, IssueId, TreatmentId } from '../catalogue/ids.js';
import type { ExperimentAssignment } from '../experiments/assign-experiments.js';
import type { ExplorationSettings } from '../exploration/exploration-settings.js';

/** Where in the decision a rule stands. */
export const STAGES = [
  'dates',
  'channel',
  'language',
  'suppression',
  'consent',
  'eligibility',
  'applicability',
  'suitability',
  'experiment',
  'limits',
  'contactPolicy',
  'arbitration',
  'fallback',
] as const;
export type Stage = (typeof STAGES)[number];

/** A value that was compared, as JSON can hold it. Dates are ISO 8601 text. */
export type Compared = Readonly<Record<string, string | number | boolean | null>>;

/** What one rule said about one candidate. */
export type RuleResult = {
  readonly stage: Stage;
  readonly rule: string;
  readonly passed: boolean;
  /** Only where it failed: `drop` = out; `hold` = not before `until`. */
  readonly effect?: 'drop' | 'hold' | undefined;
  /** When a held candidate comes free; absent = not known. */
  readonly until?: Date | undefined;
  /** Why, in plain words. */
  readonly detail: string;
  readonly compared?: Compared | undefined;
};

/** Priority with every number that went into it. */
export type Priority = {
  /** P: probability that the customer accepts. 1 where the factor is off. */
  readonly propensity: number;
  /** Standard error of P; 0 = taken as known. */
  readonly standardError: number;
  /** C */
  readonly contextWeight: number;
  /** V: value less cost, never below 0. */
  readonly value: number;
  /** L */
  readonly levers: number;
  readonly contactCost: number;
  /** P x C x V x L - contact cost, or what the ranking formula gave. */
  readonly priority: number;
  /** Whether a formula took the place of the four factors. */
  readonly byFormula: boolean;
  /** What moved C and L: "topic is delivery +50 %". */
  readonly weights: readonly string[];
};

/** `qualified`: may be chosen. `held`: may be chosen later. `out`: neither. */
export type CandidateStatus = 'qualified' | 'held' | 'out';

export type CandidateResult = {
  readonly actionId: ActionId;
  readonly treatmentId: TreatmentId;
  readonly channel: Channel;
  readonly group: GroupId;
  readonly issue: IssueId;
  readonly class: ActionClass;
  readonly status: CandidateStatus;
  /** Every rule that applies, in the order of the stages, passed or not. */
  readonly rules: readonly RuleResult[];
  /** For candidates that were scored. */
  readonly priority: Priority | null;
  /** Place in the ranking by priority, from 1; null = not ranked. */
  readonly rank: number | null;
  /** Probability that it takes the first slot; 0 = out. */
  readonly probability: number;
};

export type ChosenAction = {
  readonly slot: number;
  readonly actionId: ActionId;
  readonly treatmentId: TreatmentId;
  readonly channel: Channel;
  readonly group: GroupId;
  readonly class: ActionClass;
  readonly priority: number;
  readonly propensity: number;
  readonly value: number;
  /**
   * Probability that this slot showed this action and treatment, given the slots before it. It is the very number the
   * draw was made with, so it is exact with respect to this decision's probabilities.
   */
  readonly probability: number;
  /** `exact`, or `monteCarlo` with the standard error of the probability as an estimate of the strategy's ideal. */
  readonly probabilityMethod: 'exact' | 'monteCarlo';
  readonly probabilityError: number;
  /** True where another candidate had the higher priority. */
  readonly explored: boolean;
  /** At most a few plain reasons, the strongest first. */
  readonly reasons: readonly string[];
  /** Set where it may be sent only later. */
  readonly notBefore?: Date | undefined;
};

/** `none` always says why. */
export type DecisionOutcome =
  | { readonly kind: 'chosen' }
  | { readonly kind: 'fallback'; readonly reason: string }
  | { readonly kind: 'none'; readonly reason: string };

export type DecisionResult = {
  readonly customerId: string;
  readonly decidedAt: Date;
  readonly seed: string;
  readonly outcome: DecisionOutcome;
  readonly chosen: readonly ChosenAction[];
  /** Best first: what contact rules allow later, and when. */
  readonly held: readonly {
    readonly actionId: ActionId;
    readonly treatmentId: TreatmentId;
    readonly channel: Channel;
    readonly until: Date | null;
  }[];
  readonly candidates: readonly CandidateResult[];
  /** Candidates not chosen for a slot because of the slots before it. */
  readonly slotNotes: readonly {
    readonly slot: number;
    readonly actionId: ActionId;
    readonly treatmentId: TreatmentId;
    readonly rule: RuleResult;
  }[];
  readonly exploration: ExplorationSettings & { readonly off?: string | undefined };
  /** What the customer seemed to want: the caller's intents and those the policies read from the session. */
  readonly intents: readonly string[];
  readonly experiments: readonly ExperimentAssignment[];
  readonly globalHoldOut: boolean;
  readonly versions: DecisionVersions;
};

export type DecisionVersions = {
  readonly catalogue: string;
  readonly policies: string;
  /** By model name, as the shell passed them. */
  readonly models: Readonly<Record<string, string>>;
};
