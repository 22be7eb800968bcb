import type { Outcome } from '@segue/models';
import type { Action } from '../catalogue/action.js';
import type { Treatment } from '../catalogue/treatment.js';

const MICROS = 1_000_000;

export type Amounts = {
  readonly contacts: number;
  readonly acceptances: number;
  readonly spentMicros: number;
};

/** What a decision holds of an action's total caps and budget. It stands in the decision, which is its record. */
export type Claim = {
  readonly actionId: string;
  /** `open`: not shown yet. `shown`: waits for an answer. `closed`: what it holds is used up. */
  readonly state: 'open' | 'shown' | 'closed';
  /** Counts its changes. */
  readonly version: number;
  readonly held: Amounts;
  /** What one contact and one acceptance cost. */
  readonly contactMicros: number;
  readonly acceptanceMicros: number;
};

const NOTHING: Amounts = { contacts: 0, acceptances: 0, spentMicros: 0 };

export function toMicros(money: number): number {
  return Math.round(money * MICROS);
}

/** Whether anything of an action is counted over all customers. */
export function hasTotals({ limits }: Action): boolean {
  const { totalContacts, totalAcceptances, budget } = limits;
  return totalContacts !== undefined || totalAcceptances !== undefined || budget !== undefined;
}

/** The claim of a decision that chose the treatment: one contact and, for the case of a yes, one acceptance. */
export function newClaim(action: Action, treatment: Treatment): Claim {
  const contactMicros = toMicros(treatment.contactCost);
  const acceptanceMicros = toMicros(action.cost);
  return {
    actionId: action.actionId,
    state: 'open',
    version: 0,
    held: { contacts: 1, acceptances: 1, spentMicros: contactMicros + acceptanceMicros },
    contactMicros,
    acceptanceMicros,
  };
}

/**
 * The claim after an outcome: a contact stays used, an acceptance is used by a yes and given back by a no. A later yes
 * takes it again, over the cap if need be: it has happened.
 */
export function claimAfter(claim: Claim, outcome: Outcome | 'fellThrough'): Claim {
  const next = (state: Claim['state'], contacts: 0 | 1, acceptances: 0 | 1): Claim => ({
    ...claim,
    state,
    version: claim.version + 1,
    held: {
      contacts,
      acceptances,
      spentMicros: contacts * claim.contactMicros + acceptances * claim.acceptanceMicros,
    },
  });
  switch (outcome) {
    case 'shown':
    case 'clicked':
      // What waits for an answer, or had one, has been shown already; an expired claim takes its contact after all.
      return claim.state === 'open' || claim.held.contacts === 0 ? next('shown', 1, 1) : claim;
    case 'accepted':
    case 'converted':
      return next('closed', 1, 1);
    case 'rejected':
    case 'postponed':
    case 'ignored':
      return next('closed', 1, 0);
    case 'fellThrough':
      return claim.state === 'open' ? next('closed', 0, 0) : claim;
  }
}

export function sumOf(a: Amounts, b: Amounts): Amounts {
  return {
    contacts: a.contacts + b.contacts,
    acceptances: a.acceptances + b.acceptances,
    spentMicros: a.spentMicros + b.spentMicros,
  };
}

export function difference(before: Claim | null, after: Claim | null): Amounts {
  const a = before?.held ?? NOTHING;
  const b = after?.held ?? NOTHING;
  return {
    contacts: b.contacts - a.contacts,
    acceptances: b.acceptances - a.acceptances,
    spentMicros: b.spentMicros - a.spentMicros,
  };
}
