import type { DecideAnswer } from '../api/shapes/decision.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import { findCustomer } from '../customers/find-customer.js';
import type { DecisionDocument } from '../decisions/decision-document.js';
import { decideAnswerOf } from '../decisions/make-decision.js';
import { type DecisionRequest, decideAbout } from './decide-for.js';
import type { Engine } from './engine.js';
import { giveFeedback } from './give-feedback.js';
import { keepDecision } from './keep-decision.js';

/** Who asked for the decisions that agents see. */
export const CONSOLE = 'console';
const AGENT_REQUEST: DecisionRequest = { channel: 'agent', slots: 3, context: {} };
const STALE_AFTER_MS = 30 * 60_000;
/** Looks within this time are one look: one contact, one line on the timeline. */
const ONE_LOOK_MS = 3_600_000;
const ANSWERS = new Set(['accepted', 'rejected', 'postponed']);

function isAnswered(decision: DecisionDocument): boolean {
  return decision.outcomes.some(({ outcome }) => ANSWERS.has(outcome));
}

function sameActions(a: DecisionDocument, b: DecisionDocument): boolean {
  const ids = (decision: DecisionDocument) => decision.actions.map(({ actionId }) => actionId).join('\n');
  return ids(a) === ids(b) && a.none === b.none;
}

/**
 * One draw for each customer and hour: exploration still differs between customers and over time, but an agent's cards
 * don't change places because the customer looked at one more page.
 */
function calmSeed(customerId: string, now: Date): string {
  return `${customerId} ${now.toISOString().slice(0, 13)}`;
}

async function latestForConsole(engine: Engine, customerId: string): Promise<DecisionDocument | null> {
  return engine.store.decisions
    .findOne({ customerId, channel: AGENT_REQUEST.channel, requestedBy: CONSOLE })
    .sort({ decidedAt: -1, _id: -1 })
    .lean<DecisionDocument | null>();
}

function contactOf(decision: DecisionDocument): string {
  return decision.continues ?? decision._id;
}

/** The customer as if the card on the screen had not been shown yet: it must not use up its own caps. */
function withoutContact(document: CustomerDocument, contactId: string): CustomerDocument {
  return {
    ...document,
    contacts: document.contacts.filter(
      ({ decisionId, outcome }) => decisionId !== contactId || outcome !== 'shown',
    ),
    reserved: (document.reserved ?? []).filter(({ decisionId }) => decisionId !== contactId),
  };
}

/** Decides for the console; a first card that is on the screen already stays the contact it was. */
function decideAnew(
  engine: Engine,
  document: CustomerDocument,
  { open, usage }: { open: DecisionDocument | null; usage?: Parameters<typeof decideAbout>[2]['usage'] },
): DecisionDocument {
  const decision = decideAbout(engine, open === null ? document : withoutContact(document, contactOf(open)), {
    request: AGENT_REQUEST,
    requestedBy: CONSOLE,
    seed: calmSeed(document._id, engine.clock()),
    usage,
  });
  const [first] = decision.actions;
  const stays = open !== null && first !== undefined && open.actions[0]?.actionId === first.actionId;
  return stays ? { ...decision, continues: contactOf(open) } : decision;
}

/** The large card is seen; the small ones beside it are not counted as contacts. */
async function rememberShown(engine: Engine, decision: DecisionDocument): Promise<void> {
  const [first] = decision.actions;
  if (first === undefined) return;
  await giveFeedback(engine, { decisionId: decision._id, actionId: first.actionId, outcome: 'shown' }, null);
}

/** What took the place of another on the screen within one look stands for it on the timeline, and waits for the answer. */
async function supersede(engine: Engine, before: DecisionDocument, after: DecisionDocument): Promise<void> {
  await engine.store.decisions.updateOne(
    { _id: before._id },
    { $set: { supersededBy: after._id }, $unset: { ignoredDueAt: '' } },
  );
}

/**
 * The decision an agent sees for a customer: the open one while nothing happened since, a new one otherwise.
 * Null when there is no such customer.
 */
export async function currentDecision(engine: Engine, customerId: string): Promise<DecideAnswer | null> {
  const document = await findCustomer(engine.store, { customerId });
  if (document === null) return null;
  const latest = await latestForConsole(engine, document._id);
  const age =
    latest === null ? Number.POSITIVE_INFINITY : engine.clock().getTime() - latest.decidedAt.getTime();
  const open = latest !== null && age < ONE_LOOK_MS && !isAnswered(latest) ? latest : null;
  const nothingNew = open !== null && (document.lastBehaviourAt?.getTime() ?? 0) <= open.decidedAt.getTime();
  if (nothingNew && age < STALE_AFTER_MS) return decideAnswerOf(open);
  if (open !== null && sameActions(decideAnew(engine, document, { open }), open)) return decideAnswerOf(open);

  const decision = await keepDecision(engine, document, {
    decide: (current, usage) => decideAnew(engine, current, { open, usage }),
    shownSlots: 1,
  });
  if (decision === null) return null;
  if (open !== null) await supersede(engine, open, decision);
  await rememberShown(engine, decision);
  return decideAnswerOf(decision);
}

/**
 * Keeps the decisions of open customer pages current. Calls for one customer while one is under way become one more
 * round after it, so a burst of events costs two decisions and not one each.
 */
export function createRefresher(engine: Engine): (customerIds: readonly string[]) => void {
  const running = new Set<string>();
  const again = new Set<string>();
  const refresh = async (customerId: string): Promise<void> => {
    running.add(customerId);
    try {
      do {
        again.delete(customerId);
        await currentDecision(engine, customerId);
      } while (again.has(customerId));
    } catch (error) {
      engine.log.error({ err: error, customerId }, 'could not refresh the decision of an open customer page');
    } finally {
      running.delete(customerId);
    }
  };
  return (customerIds) => {
    for (const customerId of customerIds) {
      if (!engine.live.isFollowed(customerId)) continue;
      if (running.has(customerId)) again.add(customerId);
      else void refresh(customerId);
    }
  };
}
