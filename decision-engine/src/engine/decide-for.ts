import type { DecideAnswer, DecideRequest } from '../api/shapes/decision.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import { findCustomer } from '../customers/find-customer.js';
import type { ActionUsage } from '../decide/decide-input.js';
import { knownCustomerOf } from '../decisions/customer-facts.js';
import type { DecisionDocument } from '../decisions/decision-document.js';
import { decideAnswerOf, makeDecision } from '../decisions/make-decision.js';
import type { DecisionRequest } from '../decisions/run-decision.js';
import { recordOffers } from '../learning/record-offers.js';
import { readUsage } from '../usage/take-usage.js';
import type { Engine } from './engine.js';
import { keepDecision } from './keep-decision.js';

export type { DecisionRequest } from '../decisions/run-decision.js';

export type DecisionOptions = {
  readonly request: DecisionRequest;
  readonly requestedBy: string;
  /** Decides every draw; the decision's id where absent. */
  readonly seed?: string | undefined;
  readonly usage?: ReadonlyMap<string, ActionUsage> | undefined;
};

/** Makes a decision for a stored customer without keeping it. */
export function decideAbout(
  engine: Engine,
  document: CustomerDocument,
  { request, requestedBy, seed, usage }: DecisionOptions,
): DecisionDocument {
  const recorder = recordOffers(engine.scorers());
  const decision = makeDecision(
    {
      decisionId: engine.newId('dec'),
      customer: knownCustomerOf(document),
      request,
      requestedBy,
      usage,
      now: engine.clock(),
      ...(seed === undefined ? {} : { seed }),
    },
    { rules: engine.rules(), scorers: recorder.scorers, write: engine.write },
  );
  return { ...decision, ...recorder.keep(decision) };
}

/**
 * What would be decided for a customer now, with everything that is stored: caps, budgets, what other decisions hold.
 * Nothing is written. With the seed of a decision it names the same winner. Null when there is no such customer.
 */
export async function explainFor(
  engine: Engine,
  request: DecisionRequest & Pick<DecideRequest, 'customer'>,
  { requestedBy, seed }: { readonly requestedBy: string; readonly seed?: string | undefined },
): Promise<DecisionDocument | null> {
  const [document, usage] = await Promise.all([
    findCustomer(engine.store, request.customer),
    readUsage(engine.store, engine.rules().catalogue.actions),
  ]);
  return document === null ? null : decideAbout(engine, document, { request, requestedBy, seed, usage });
}

/**
 * Decides for whoever the request names, takes the room that the choice needs under caps and budgets, keeps the decision
 * and answers. Null when there is no such customer.
 */
export async function decideFor(
  engine: Engine,
  request: DecisionRequest & Pick<DecideRequest, 'customer'>,
  requestedBy: string,
): Promise<DecideAnswer | null> {
  const recalled = engine.customers.recall(request.customer);
  const document = recalled ?? (await engine.customers.find(request.customer));
  if (document === null) return null;
  const decision = await keepDecision(engine, document, {
    decide: (current, usage) => decideAbout(engine, current, { request, requestedBy, usage }),
    isRecalled: recalled !== null,
  });
  return decision === null ? null : decideAnswerOf(decision);
}
