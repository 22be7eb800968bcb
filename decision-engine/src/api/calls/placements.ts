import { findCustomer } from '../../customers/find-customer.js';
import { profileOf } from '../../customers/stored-profile.js';
import { decideFor } from '../../engine/decide-for.js';
import { tryFeedback } from '../../engine/give-feedback.js';
import { placedContent } from '../../on-site/placed-content.js';
import { ApiError } from '../api-error.js';
import type { Call } from '../call.js';
import { callerName } from '../caller.js';
import type {
  PlacementAnswer,
  PlacementOutcomeAnswer,
  PlacementOutcomeRequest,
  PlacementRequest,
} from '../shapes/placement.js';

/** A key that everybody can read may speak of the visitor only by what nobody can guess. */
function refuseGuessable({ caller }: Call, { customer }: PlacementRequest): void {
  const trusted = caller.kind === 'agent' || caller.scopes.includes('decide');
  if (trusted || customer.anonymousId !== undefined) return;
  throw new ApiError(
    'not_allowed',
    'Expected "customer" to be named by anonymousId: anybody can guess the others, and this key stands in a page',
  );
}

/**
 * Decides what a place of a page shows.
 * @throws ApiError `not_allowed`
 */
export async function askPlacement(call: Call, request: PlacementRequest): Promise<PlacementAnswer> {
  refuseGuessable(call, request);
  const { engine, caller } = call;
  const { customer, placement, page, slots } = request;
  const document = await findCustomer(engine.store, customer);
  if (document === null) return { items: [] };
  const decision = await decideFor(
    engine,
    {
      customer: { customerId: document._id },
      channel: 'web',
      placement,
      slots,
      context: page === undefined ? {} : { page },
    },
    callerName(caller),
  );
  if (decision === null) return { items: [] };
  const { decisionId, actions } = decision;
  const profile = profileOf(document);
  const items = await Promise.all(
    actions.map((action) => placedContent(engine, { decisionId, action, profile })),
  );
  return { items: items.filter((item) => item !== null) };
}

const OUTCOMES = { shown: 'shown', clicked: 'clicked', dismissed: 'rejected' } as const;

/**
 * Records what came of what a page showed. The token is ours, so a page can report on nothing else.
 * @throws ApiError `invalid_request` for a token we did not give
 */
export async function reportPlacement(
  { engine, changed }: Call,
  { token, outcome }: PlacementOutcomeRequest,
): Promise<PlacementOutcomeAnswer> {
  const placed = await engine.links.readPlacement(token);
  if (placed === null)
    throw new ApiError('invalid_request', 'Expected "token" to be one that /v1/placements gave');
  const result = await tryFeedback(engine, { ...placed, outcome: OUTCOMES[outcome] }, null);
  if (result.kind !== 'recorded') return { recorded: false };
  changed([result.customerId]);
  return { recorded: result.isNew };
}
