import type { Outcome } from '@segue/models';
import { displayNameOf } from '../customers/display-name.js';
import type { Store } from '../store/store.js';
import type { DecisionDocument } from './decision-document.js';

export type DecisionsAsked = {
  readonly channel?: string | undefined;
  readonly actionId?: string | undefined;
  readonly outcome?: Outcome | undefined;
  readonly customerId?: string | undefined;
  /** Before this one; null from the newest on. */
  readonly before: { readonly at: Date; readonly decisionId: string } | null;
  readonly limit: number;
};

export type DecisionLine = {
  readonly decisionId: string;
  readonly customerId: string;
  readonly displayName: string;
  readonly channel: string;
  readonly decidedAt: Date;
  readonly requestedBy: string;
  /** What was chosen, best first. */
  readonly chosen: readonly { readonly actionId: string; readonly name: string }[];
  readonly none: string | null;
  readonly outcomes: readonly { readonly actionId: string; readonly outcome: Outcome }[];
  readonly globalHoldOut: boolean;
};

/** A filter that matches little would walk over everything: it is ended after this. */
const MOST_MS = 10_000;

/** Decisions, the newest first. */
export async function listDecisions(store: Store, asked: DecisionsAsked): Promise<DecisionLine[]> {
  const { channel, actionId, outcome, customerId, before, limit } = asked;
  const documents = await store.decisions
    .find(
      {
        ...(customerId === undefined ? {} : { customerId }),
        ...(channel === undefined ? {} : { channel }),
        ...(actionId === undefined ? {} : { 'actions.actionId': actionId }),
        ...(outcome === undefined ? {} : { 'outcomes.outcome': outcome }),
        ...(before === null
          ? {}
          : {
              $or: [
                { decidedAt: { $lt: before.at } },
                { decidedAt: before.at, _id: { $lt: before.decisionId } },
              ],
            }),
      },
      {
        customerId: 1,
        channel: 1,
        decidedAt: 1,
        requestedBy: 1,
        actions: 1,
        none: 1,
        outcomes: 1,
        globalHoldOut: 1,
      },
    )
    .sort({ decidedAt: -1, _id: -1 })
    .limit(limit)
    .maxTimeMS(MOST_MS)
    .lean<DecisionDocument[]>();
  const names = await customerNames(store, documents);
  return documents.map((decision) => ({
    decisionId: decision._id,
    customerId: decision.customerId,
    displayName: names.get(decision.customerId) ?? decision.customerId,
    channel: decision.channel,
    decidedAt: decision.decidedAt,
    requestedBy: decision.requestedBy,
    chosen: decision.actions.map(({ actionId: id, name }) => ({ actionId: id, name })),
    none: decision.none,
    outcomes: decision.outcomes.map(({ actionId: id, outcome: came }) => ({ actionId: id, outcome: came })),
    globalHoldOut: decision.globalHoldOut ?? false,
  }));
}

async function customerNames(
  store: Store,
  decisions: readonly Pick<DecisionDocument, 'customerId'>[],
): Promise<Map<string, string>> {
  const ids = [...new Set(decisions.map(({ customerId }) => customerId))];
  const customers = await store.customers.find({ _id: { $in: ids } }, { traits: 1 }).lean();
  return new Map(customers.map((customer) => [customer._id, displayNameOf(customer)]));
}
