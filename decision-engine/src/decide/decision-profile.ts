import type { Outcome } from '@segue/models';
import type { ActionClass } from '../catalogue/action.js';

export type ConsentState = 'granted' | 'denied' | 'unknown';
/** `marketing`: promotional contact. `service`: contact about the customer's own business. */
export type Purpose = 'marketing' | 'service';
export type ConsentRecord = {
  readonly state: ConsentState;
  /** Where it came from: "preference-page", "checkout", "import" … */
  readonly source: string;
  readonly at: Date;
};

/** The customer is not to be contacted. */
export type Suppression = {
  /** `legal` (unsubscribe, STOP, objection, do-not-contact register) stops everything; `pause` spares mandatory. */
  readonly kind: 'legal' | 'pause';
  /** Absent = every channel. */
  readonly channel?: string | undefined;
  /** Absent = every class; `['promotional']` is an objection to marketing. */
  readonly classes?: readonly ActionClass[] | undefined;
  /** Absent = every group. */
  readonly groups?: readonly string[] | undefined;
  /** Absent = every action. */
  readonly actions?: readonly string[] | undefined;
  readonly reason: string;
  /** Who said so: "STOP by SMS", "agent", "do-not-contact register" … */
  readonly source?: string | undefined;
  /** Absent = for good. */
  readonly until?: Date | undefined;
};

/**
 * One thing that happened between us and the customer. Entries of one decision, action and channel are one contact.
 * `reserved`: decided and not yet shown; it counts against limits, so that parallel decisions keep them.
 */
export type ContactEntry = {
  readonly at: Date;
  readonly outcome: Outcome | 'reserved';
  readonly decisionId: string;
  readonly actionId: string;
  readonly treatmentId: string;
  readonly groupId: string;
  readonly issueId: string;
  readonly class: ActionClass;
  readonly channel: string;
  /** Of `postponed`: when to bring it up again. */
  readonly until?: Date | undefined;
  /** Money, where the outcome had some. */
  readonly value?: number | undefined;
  readonly tags?: readonly string[] | undefined;
};

export type TraitValue = string | number | boolean | Date | null | readonly string[];

/** One score of a model, with the reasons it gives in plain words. */
export type ProfileScore = {
  readonly value: number;
  readonly reasons: readonly string[];
  readonly modelVersion?: string;
};

/** What a decision needs to know of a customer: plain data, filled by the shell from the stored profile. */
export type DecisionProfile = {
  readonly customerId: string;
  /** Kept when an anonymous visitor becomes known, so that experiments stay the same. */
  readonly bucketingKey: string;
  readonly firstSeenAt: Date | null;
  readonly traits: Readonly<Record<string, TraitValue>>;
  /** Worked out from events, by the names the policies give them; absent where none. */
  readonly computed?: Readonly<Record<string, string | number | boolean | Date>>;
  /** By channel, then purpose; what is not there is unknown. */
  readonly consent: Readonly<Record<string, Partial<Record<Purpose, ConsentRecord>> | undefined>>;
  readonly suppressions: readonly Suppression[];
  /** The customer objected to profiling: rules only, no scores, no exploration. */
  readonly noProfiling: boolean;
  /** IANA name. */
  readonly timeZone: string;
  /** BCP 47. */
  readonly language: string | null;
  /** By name from `@segue/models`; null = not known. */
  readonly features: Readonly<Record<string, number | null>>;
  readonly scores: {
    /** Probability of leaving. */
    readonly churn: ProfileScore | null;
    /** Expected margin over the next year, in the shop's currency. */
    readonly value: ProfileScore | null;
  };
  readonly segments: readonly string[];
  /** Lists that somebody put the customer on; absent where none. */
  readonly lists?: readonly string[];
  /** -1 (angry) to 1 (happy); null = not known. */
  readonly sentiment: number | null;
  readonly contactHistory: readonly ContactEntry[];
  /** The latest events, oldest first, for counts in windows. */
  readonly recentEvents: readonly {
    readonly name: string;
    readonly at: Date;
    /** What it was about, in lower case: the words searched for, the page's path, the product's name and category. */
    readonly about?: string | undefined;
  }[];
  /** `recentEvents` is complete from here on; null = complete from the beginning. */
  readonly recentEventsSince: Date | null;
};
