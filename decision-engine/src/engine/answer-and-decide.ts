import type { DecideAnswer, FeedbackRequest, OutcomeRecord } from '../api/shapes/decision.js';
import type { DecisionDocument } from '../decisions/decision-document.js';
import { CONSOLE, currentDecision } from './current-decision.js';
import { decideFor } from './decide-for.js';
import type { Engine } from './engine.js';
import { giveFeedback } from './give-feedback.js';

/** After these the place on the screen is free for something else. */
const FREES: readonly FeedbackRequest['outcome'][] = ['rejected', 'postponed'];

/**
 * Records what came of an action and, after a no or a later, decides anew on the spot, for the same channel, placement and
 * context.
 * @returns `next` null where nothing was decided anew
 * @throws ApiError `unknown_decision`, `action_not_in_decision`
 */
export async function answerAndDecide(
  engine: Engine,
  request: FeedbackRequest,
  { agent, requestedBy }: { readonly agent: OutcomeRecord['agent']; readonly requestedBy: string },
): Promise<{
  feedbackId: string;
  recorded: boolean;
  customerId: string;
  next: DecideAnswer | null;
}> {
  const given = await giveFeedback(engine, request, agent);
  if (!FREES.includes(request.outcome)) return { ...given, next: null };
  const decision = await engine.store.decisions
    .findById(request.decisionId, { candidates: 0 })
    .lean<Omit<DecisionDocument, 'candidates'> | null>();
  if (decision === null) return { ...given, next: null };
  if (decision.requestedBy === CONSOLE)
    return { ...given, next: await currentDecision(engine, decision.customerId) };
  const { channel, placement, slots, context, actions } = decision;
  const next = await decideFor(
    engine,
    {
      customer: { customerId: decision.customerId },
      channel,
      ...(placement === null ? {} : { placement }),
      slots: slots ?? Math.max(1, actions.length),
      context,
    },
    requestedBy,
  );
  return { ...given, next };
}
