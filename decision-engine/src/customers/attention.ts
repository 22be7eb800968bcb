import type { ChurnView } from '../api/shapes/reason.js';
import { lastSeenOf } from './last-seen.js';
import type { Profile } from './profile.js';

export type Attention = {
  readonly kind: 'unhappy' | 'leaving' | 'basket' | 'delivery' | 'active';
  /** In about six words, for an agent. */
  readonly why: string;
  /** Expected value of acting now, in the shop's currency: what the inbox is ordered by. */
  readonly urgency: number;
};

/** What attention needs of a profile, as numbers; times in days before now. */
export type AttentionFacts = {
  /** What a customer like this brings in a year, in the shop's currency. */
  readonly yearlyValue: number;
  readonly churn: Pick<ChurnView, 'probability' | 'band' | 'baseRate'> | null;
  readonly daysSinceOrder: number | null;
  readonly basket: { readonly value: number; readonly hoursOld: number } | null;
  readonly conversation: {
    readonly open: boolean;
    readonly mood: number | null;
    readonly topic: string;
    readonly hoursOld: number;
  } | null;
  readonly lateParcels: number;
  readonly hoursSinceSeen: number;
};

/*
 * How much of the yearly value (or of the basket) a timely contact is taken to save, until an experiment has measured
 * it. Only the order of the list depends on them; they are kept in one place so that a measured uplift can replace them.
 */
const SAVED = {
  openConversation: 0.12,
  upsetConversation: 0.3,
  lateParcel: 0.1,
  leaving: 0.15,
  basket: 0.2,
  active: 0.01,
};

/** Mood, -1 to 1, at or below which a customer counts as upset. */
const UPSET = -0.4;

function conversationNeed(facts: AttentionFacts): Attention | null {
  const { conversation, yearlyValue } = facts;
  if (conversation === null || !conversation.open || conversation.hoursOld > 72) return null;
  const upset = (conversation.mood ?? 0) <= UPSET;
  const about = conversation.topic === '' ? '' : ` about ${conversation.topic.replaceAll(/[_-]/g, ' ')}`;
  return {
    kind: 'unhappy',
    why: upset ? `Upset${about}, waits for an answer` : `Waits for an answer${about}`,
    urgency: yearlyValue * (upset ? SAVED.upsetConversation : SAVED.openConversation),
  };
}

function parcelNeed({ lateParcels, yearlyValue }: AttentionFacts): Attention | null {
  if (lateParcels === 0) return null;
  return {
    kind: 'delivery',
    why: 'Parcel is late, not yet delivered',
    urgency: yearlyValue * SAVED.lateParcel,
  };
}

function basketNeed({ basket }: AttentionFacts): Attention | null {
  if (basket === null || basket.value <= 0 || basket.hoursOld > 48) return null;
  const recent = basket.hoursOld < 1;
  return {
    kind: 'basket',
    why: recent ? 'Filling a basket right now' : 'Left a basket without ordering',
    urgency: basket.value * SAVED.basket,
  };
}

function leavingNeed({ churn, daysSinceOrder, yearlyValue }: AttentionFacts): Attention | null {
  if (churn === null || churn.band !== 'likely') return null;
  const days = daysSinceOrder === null ? null : Math.round(daysSinceOrder);
  return {
    kind: 'leaving',
    why: days === null ? 'Likely to leave' : `Likely to leave: ${days} days since order`,
    // Nobody saves the one who is gone for sure: the worth of acting is highest where both outcomes are open.
    urgency: yearlyValue * SAVED.leaving * 4 * churn.probability * (1 - churn.probability),
  };
}

function activeNeed({ hoursSinceSeen, yearlyValue }: AttentionFacts): Attention | null {
  if (hoursSinceSeen > 1) return null;
  return { kind: 'active', why: 'In the shop just now', urgency: yearlyValue * SAVED.active };
}

/** The most valuable reason to turn to this customer now, or null when there is none. */
export function attentionFor(facts: AttentionFacts): Attention | null {
  const needs = [
    conversationNeed(facts),
    parcelNeed(facts),
    basketNeed(facts),
    leavingNeed(facts),
    activeNeed(facts),
  ];
  return needs.reduce<Attention | null>(
    (best, need) => (need !== null && (best === null || need.urgency > best.urgency) ? need : best),
    null,
  );
}

const HOUR_MS = 3_600_000;

function hoursBetween(from: Date, to: Date): number {
  return Math.max(0, (to.getTime() - from.getTime()) / HOUR_MS);
}

/** Reads the facts out of a profile and its features. Yearly value: revenue of the last 365 days, at least one order's. */
export function attentionFacts(
  profile: Pick<Profile, 'conversation' | 'lastBehaviourAt' | 'lastSeenAt'>,
  features: Readonly<Record<string, number | null>>,
  scored: { readonly churn: ChurnView | null; readonly now: Date },
): AttentionFacts {
  const { conversation } = profile;
  const basketValue = features['basket_value'] ?? 0;
  return {
    yearlyValue: Math.max(features['spend_365d'] ?? 0, features['order_value_mean'] ?? 0, 10),
    churn: scored.churn,
    daysSinceOrder: features['days_since_order'] ?? null,
    basket: basketValue > 0 ? { value: basketValue, hoursOld: features['basket_idle_hours'] ?? 0 } : null,
    conversation:
      conversation === null ? null : { ...conversation, hoursOld: hoursBetween(conversation.at, scored.now) },
    lateParcels: features['parcels_late'] ?? 0,
    hoursSinceSeen: hoursBetween(lastSeenOf(profile), scored.now),
  };
}
