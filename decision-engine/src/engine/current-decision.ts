import type { DecideAnswer } from '../api/shapes/decision.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import { findCustomer } from '../customers/find-customer.js';
import type { DecisionDocument } from '../decisions/decision-document.js';
import { decideAnswerOf } from '../decisions/make-decision.js';
import { recordFeedback } from '../decisions/record-feedback.js';
import { type DecisionRequest, decideAbout, keepDecision } from './decide-for.js';
import type { Engine } from './engine.js';
import { announceApplied } from './take-events.js';

/** Who asked for the decisions that agents see. */
const CONSOLE = 'console';
const AGENT_REQUEST: DecisionRequest = { channel: 'agent', slots: 3, context: {} };
const STALE_AFTER_MS = 30 * 60_000;
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
    .sort({ decidedAt: -1 })
    .lean<DecisionDocument | null>();
}

async function decideAnew(
  engine: Engine,
  document: CustomerDocument,
  latest: DecisionDocument | null,
): Promise<{ answer: DecideAnswer; isNew: boolean }> {
  const now = engine.clock();
  const isOpen =
    latest !== null && !isAnswered(latest) && now.getTime() - latest.decidedAt.getTime() < STALE_AFTER_MS;
  if (isOpen && (document.lastBehaviourAt?.getTime() ?? 0) <= latest.decidedAt.getTime()) {
    return { answer: decideAnswerOf(latest), isNew: false };
  }
  const decision = decideAbout(engine, document, {
    request: AGENT_REQUEST,
    requestedBy: CONSOLE,
    seed: calmSeed(document._id, now),
  });
  if (isOpen && sameActions(decision, latest)) return { answer: decideAnswerOf(latest), isNew: false };
  const answer = await keepDecision(engine, decision);
  await rememberShown(engine, decision);
  return { answer, isNew: true };
}

/** The large card is seen; the small ones beside it are not counted as contacts. */
async function rememberShown(engine: Engine, decision: DecisionDocument): Promise<void> {
  const [first] = decision.actions;
  if (first === undefined) return;
  const result = await recordFeedback(engine.store, {
    request: { decisionId: decision._id, actionId: first.actionId, outcome: 'shown' },
    agent: null,
    at: engine.clock(),
  });
  if (result.kind === 'recorded') announceApplied(engine, result.applied);
}

/**
 * The decision an agent sees for a customer: the open one while nothing happened since, a new one otherwise.
 * Null when there is no such customer.
 */
export async function currentDecision(engine: Engine, customerId: string): Promise<DecideAnswer | null> {
  const document = await findCustomer(engine.store, { customerId });
  if (document === null) return null;
  const { answer } = await decideAnew(engine, document, await latestForConsole(engine, document._id));
  return answer;
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
