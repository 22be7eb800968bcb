import type { FeatureState, JsonValue, Outcome } from '@segue/models';
import type { ActionClass } from '../catalogue/action.js';
import type { ComputedTraits } from '../computed-traits/compute-traits.js';

export type CustomerId = string & { readonly __brand: 'CustomerId' };

export type ConsentEntry = {
  /** `email`, `sms`, `push`, `web` …; `*` for every channel. */
  readonly channel: string;
  /** `marketing`, `service`, or the consent manager's category in lower case. */
  readonly purpose: string;
  readonly state: 'granted' | 'denied';
  /** Which event said so, in words: "identify", "Unsubscribed", "consent manager". */
  readonly source: string;
  readonly at: Date;
};

/** One contact or outcome, as contact policies count them. */
export type ContactEntry = {
  readonly at: Date;
  readonly outcome: Outcome;
  readonly channel: string;
  readonly actionId: string;
  readonly groupId: string;
  readonly treatmentId: string;
  readonly decisionId: string;
  /** Of `postponed`: when to bring it up again; null where nothing was said. */
  readonly until: Date | null;
  /** Money, where the outcome had some. */
  readonly value?: number | undefined;
};

/** The customer is not to be contacted: at all, or on a channel, or about some things, for a while or for good. */
export type SuppressionEntry = {
  /** The latest word on one id counts. */
  readonly suppressionId: string;
  /** `legal` (STOP, objection, register) stops mandatory messages too; `pause` spares them. */
  readonly kind: 'legal' | 'pause';
  /** null = every channel. */
  readonly channel: string | null;
  /** null = every class, group, action. */
  readonly classes: readonly ActionClass[] | null;
  readonly groups: readonly string[] | null;
  readonly actions: readonly string[] | null;
  /** null = for good. */
  readonly until: Date | null;
  readonly reason: string;
  readonly source: string;
  readonly at: Date;
  /** Set where it was lifted; kept, so that a late repeat does not bring it back. */
  readonly liftedAt: Date | null;
};

/** An app or a browser of the customer's that messages can be pushed to. */
export type DeviceEntry = {
  readonly kind: 'app' | 'browser';
  /** The token of the app's installation, or the address of the browser's push subscription. */
  readonly address: string;
  /** Of a browser's subscription. */
  readonly keys?: { readonly p256dh: string; readonly auth: string };
  /** `ios`, `android` …, where it was told. */
  readonly platform?: string;
  /** When the customer was last seen with it. */
  readonly at: Date;
  /** When the provider said that nobody is there any more; kept, so that a late event does not bring it back. */
  readonly goneAt: Date | null;
};

/** Somebody put the customer on a list, or took them off it. */
export type ListEntry = {
  readonly listId: string;
  readonly member: boolean;
  /** When it was said; the latest word on a list counts. */
  readonly at: Date;
};

/** The customer was in an experiment when something was decided. */
export type ExposureEntry = {
  readonly experimentId: string;
  readonly variantId: string;
  /** The key whose hash put them there. */
  readonly bucketingKey: string;
  readonly at: Date;
};

/** How the customer's latest support conversation stands. */
export type ConversationState = {
  readonly topic: string;
  /** -1 (angry) to 1 (happy); null when nothing told. */
  readonly mood: number | null;
  readonly open: boolean;
  readonly at: Date;
};

export const PROFILE_SCHEMA_VERSION = 1;

/** What Segue knows of one customer: plain data, made from the customer's events by `applyEvent` alone (but `computed`). */
export type Profile = {
  readonly customerId: CustomerId;
  readonly schemaVersion: number;
  readonly traits: Readonly<Record<string, JsonValue>>;
  /** When each trait was last said, so that a late event doesn't undo a newer one. Milliseconds since 1970. */
  readonly traitTimes: Readonly<Record<string, number>>;
  readonly consent: readonly ConsentEntry[];
  readonly timeZone: string | null;
  readonly language: string | null;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  /** Time of the last event that wasn't the outcome of an action: what makes a decision stale. */
  readonly lastBehaviourAt: Date | null;
  readonly features: FeatureState;
  /** Newest last; at most {@link CONTACTS_KEPT} of the last {@link CONTACT_DAYS_KEPT} days. */
  readonly contacts: readonly ContactEntry[];
  readonly suppressions: readonly SuppressionEntry[];
  /** Apps and browsers, the latest first; absent in older records and where there are none. */
  readonly devices?: readonly DeviceEntry[];
  /** Lists the customer was put on or taken off; absent where none. */
  readonly lists?: readonly ListEntry[];
  /** When the customer last wrote to us, by channel (`sms`, `whatsapp`); absent where they never did. */
  readonly heardFrom?: Readonly<Record<string, Date>>;
  /** The first exposure to each variant of each experiment, oldest first. */
  readonly exposures: readonly ExposureEntry[];
  readonly conversation: ConversationState | null;
  /** The page or screen they were on last. */
  readonly page: { readonly path: string; readonly at: Date } | null;
  /** The latest things the customer did, oldest first, at most {@link RECENT_KEPT}. */
  readonly recent: readonly RecentEvent[];
  /** `recent` is complete from here on; null = nothing was forgotten yet. */
  readonly recentSince: Date | null;
  /** Worked out of all events in the background, not by `applyEvent`; absent where none are defined. */
  readonly computed?: ComputedTraits;
  readonly totals: { readonly orders: number; readonly revenue: number; readonly currency: string };
};

export type RecentEvent = {
  readonly name: string;
  readonly at: Date;
  /** Words searched for, page, product: lower case, at most {@link ABOUT_KEPT} characters. Absent where nothing was told. */
  readonly about?: string;
};

export const ABOUT_KEPT = 120;

export const RECENT_KEPT = 200;
export const CONTACTS_KEPT = 300;
export const CONTACT_DAYS_KEPT = 100;
