import type { DecideAnswer, DecideRequest } from '../api/shapes/decision.js';
import type { CustomerDocument } from '../customers/customer-document.js';
import { findCustomer } from '../customers/find-customer.js';
import { profileOf } from '../customers/stored-profile.js';
import type { DecisionDocument } from '../decisions/decision-document.js';
import { decideAnswerOf, makeDecision } from '../decisions/make-decision.js';
import type { Engine } from './engine.js';

export type DecisionRequest = Pick<DecideRequest, 'channel' | 'placement' | 'slots' | 'context'>;

/** Makes a decision for a stored customer without keeping it. */
export function decideAbout(
  engine: Engine,
  document: CustomerDocument,
  options: { readonly request: DecisionRequest; readonly requestedBy: string; readonly seed?: string },
): DecisionDocument {
  const { request, requestedBy, seed } = options;
  return makeDecision(
    {
      decisionId: engine.newId('dec'),
      profile: profileOf(document),
      request,
      requestedBy,
      now: engine.clock(),
      ...(seed === undefined ? {} : { seed }),
    },
    { rules: engine.rules(), scorers: engine.scorers(), write: engine.write },
  );
}

/** Keeps a decision, then shows it to the consoles that have its customer open. */
export async function keepDecision(engine: Engine, decision: DecisionDocument): Promise<DecideAnswer> {
  await engine.store.decisions.create(decision);
  const answer = decideAnswerOf(decision);
  engine.live.decisionMade(answer);
  return answer;
}

/** Decides for whoever the request names, keeps the decision and answers. Null when there is no such customer. */
export async function decideFor(
  engine: Engine,
  request: DecideRequest,
  requestedBy: string,
): Promise<DecideAnswer | null> {
  const document = await findCustomer(engine.store, request.customer);
  if (document === null) return null;
  return keepDecision(engine, decideAbout(engine, document, { request, requestedBy }));
}
