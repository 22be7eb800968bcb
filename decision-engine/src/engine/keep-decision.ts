import type { CustomerDocument } from '../customers/customer-document.js';
import { isSameSave } from '../customers/customer-memory.js';
import { profileOf } from '../customers/stored-profile.js';
import type { ActionUsage } from '../decide/decide-input.js';
import type { DecisionDocument } from '../decisions/decision-document.js';
import { decideAnswerOf } from '../decisions/make-decision.js';
import { contactsToReserve, releaseContacts, reserveContacts } from '../decisions/reserve-contacts.js';
import { writeDecision } from '../decisions/write-decisions.js';
import { issueOffers, offersOf } from '../offers/issue-offers.js';
import type { Claim } from '../usage/claim.js';
import { addUsage, knownUsage, readUsage, takeUsage } from '../usage/take-usage.js';
import type { Engine } from './engine.js';
import { logExposures } from './log-exposures.js';

const TRIES = 200;

type ToKeep = {
  /** Makes the decision, again where another was quicker. */
  readonly decide: (document: CustomerDocument, usage: ReadonlyMap<string, ActionUsage>) => DecisionDocument;
  /** How many of its actions will be shown; all when absent. */
  readonly shownSlots?: number;
  /** The customer was not read for this: whether it is still the same is found out when the room is taken. */
  readonly isRecalled?: boolean;
};

/** Takes the room, on condition that the customer is as decided on. Null where it isn't. */
async function takeRoom(
  { store, customers }: Engine,
  { document, contacts, isRecalled }: RoomToTake,
): Promise<CustomerDocument | null> {
  if (contacts.length > 0 || !isRecalled) return reserveContacts(store, document, contacts);
  const stored = await customers.find({ customerId: document._id });
  return stored?._id === document._id && isSameSave(stored, document) ? document : null;
}

type RoomToTake = {
  readonly document: CustomerDocument;
  readonly contacts: Parameters<typeof reserveContacts>[2];
  readonly isRecalled: boolean;
};

function giveBack(engine: Engine, { actionId, held }: Claim): Promise<void> {
  return addUsage(engine.store, actionId, {
    contacts: -held.contacts,
    acceptances: -held.acceptances,
    spentMicros: -held.spentMicros,
  });
}

function giveAllBack(engine: Engine, claims: readonly Claim[]): Promise<unknown> {
  return Promise.all(claims.map((claim) => giveBack(engine, claim)));
}

/**
 * Takes the decision's claims, all or none. Each is of another action, so they don't wait for each other.
 * @throws what the store says, after what could be taken was given back
 */
async function takeClaims(engine: Engine, claims: readonly Claim[]): Promise<boolean> {
  const results = await Promise.allSettled(
    claims.map(async (claim) => {
      const action = engine.rules().action(claim.actionId);
      return action !== undefined && (await takeUsage(engine.store, action, claim));
    }),
  );
  const taken = claims.filter((_, index) => {
    const result = results[index];
    return result?.status === 'fulfilled' && result.value;
  });
  if (taken.length === claims.length) return true;
  await giveAllBack(engine, taken);
  const fault = results.find((result) => result.status === 'rejected');
  if (fault !== undefined) throw fault.reason;
  return false;
}

/** Only what will be shown takes room. */
function withShownClaims(decision: DecisionDocument, shownSlots: number): DecisionDocument {
  const { claims, claimsDueAt, ...rest } = decision;
  const shown = new Set(decision.actions.slice(0, shownSlots).map(({ actionId }) => actionId));
  const kept = (claims ?? []).filter(({ actionId }) => shown.has(actionId));
  return kept.length === 0 || claimsDueAt === undefined ? rest : { ...rest, claims: kept, claimsDueAt };
}

/**
 * Makes a decision count: takes the room it needs in the customer's document and in the totals of its actions, then keeps
 * it and shows it to the consoles that have its customer open. Where another decision was quicker it is made anew, from
 * what is left; so caps hold however many decisions are under way. A crash in between leaves only room that is given back
 * by the clock.
 * @returns null when the customer is gone
 * @throws when others kept being quicker through every try
 */
export async function keepDecision(
  engine: Engine,
  found: CustomerDocument,
  { decide, shownSlots = Number.POSITIVE_INFINITY, isRecalled = false }: ToKeep,
): Promise<DecisionDocument | null> {
  return engine.turns(found._id, async () => {
    const { store, customers } = engine;
    // Who had to wait for a turn decides on what the one before left.
    let document = customers.newest(found);
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const rules = engine.rules();
      const { actions } = rules.catalogue;
      const usage = attempt === 0 ? await knownUsage(store, actions) : await readUsage(store, actions);
      const made: DecisionDocument = withShownClaims(decide(document, usage), shownSlots);
      const contacts = contactsToReserve(rules, made, shownSlots);
      const claims = made.claims ?? [];
      const [reserving, claiming] = await Promise.allSettled([
        takeRoom(engine, { document, contacts, isRecalled: isRecalled && attempt === 0 }),
        takeClaims(engine, claims),
      ]);
      const reserved = reserving.status === 'fulfilled' ? reserving.value : null;
      const claimed = claiming.status === 'fulfilled' && claiming.value;
      if (reserved !== null && claimed) {
        if (reserved !== document) customers.remember(reserved);
        await issueOffers(engine, offersOf(made));
        await writeDecision(store, made);
        await logExposures(engine, profileOf(document), made);
        engine.live.decisionMade(decideAnswerOf(made));
        return made;
      }
      if (reserved !== null)
        await releaseContacts(store, { customerId: document._id, decisionId: made.continues ?? made._id });
      if (claimed) await giveAllBack(engine, claims);
      if (reserving.status === 'rejected') throw reserving.reason;
      if (claiming.status === 'rejected') throw claiming.reason;
      const again = await customers.find({ customerId: found._id });
      if (again === null) return null;
      document = again;
    }
    throw new Error(
      `Could not keep a decision for ${found._id} in ${TRIES} tries: others were quicker each time`,
    );
  });
}
