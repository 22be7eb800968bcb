import type { CustomerDocument } from '../customers/customer-document.js';
import type { RuleResult } from '../decide/decision-result.js';
import type { RecheckResult } from '../decide/recheck.js';
import { customerFacts, knownCustomerOf } from '../decisions/customer-facts.js';
import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';
import { decisionContextOf } from '../decisions/run-decision.js';
import type { Engine } from '../engine/engine.js';
import { readUsage } from '../usage/take-usage.js';

export type MessageToCheck = {
  readonly decision: Pick<
    DecisionDocument,
    '_id' | 'continues' | 'context' | 'placement' | 'claims' | 'actions'
  >;
  /** The customer as of now. */
  readonly document: CustomerDocument;
  readonly message: Pick<StoredDelivery, 'actionId' | 'channel' | 'treatmentId' | 'facts'>;
};

/** What others used: a message must not be stopped by the room its own decision holds for it. */
async function usageByOthers(engine: Engine, { decision, message }: MessageToCheck) {
  const usage = new Map(await readUsage(engine.store, engine.rules().catalogue.actions));
  const used = usage.get(message.actionId);
  const own = decision.claims?.find(({ actionId }) => actionId === message.actionId)?.held;
  if (used !== undefined && own !== undefined) {
    usage.set(message.actionId, {
      contacts: used.contacts - own.contacts,
      acceptances: used.acceptances - own.acceptances,
      spent: used.spent - own.spentMicros / 1_000_000,
    });
  }
  return usage;
}

/**
 * The one check before a message leaves, and before it is put into the outbox: every rule of the catalogue in force against
 * the customer as of now. Consent may be withdrawn, a cap reached, an offer over since it was decided.
 */
export async function checkSending(engine: Engine, toCheck: MessageToCheck): Promise<RecheckResult> {
  const { decision, document, message } = toCheck;
  const rules = engine.rules();
  const now = engine.clock();
  const treatment = rules
    .action(message.actionId)
    ?.treatments.find(({ channel, treatmentId }) =>
      message.treatmentId === undefined ? channel === message.channel : treatmentId === message.treatmentId,
    );
  if (treatment === undefined) return { verdict: 'gone' };
  const customer = knownCustomerOf(document);
  const { decisionProfile } = customerFacts(customer, { rules, scorers: engine.scorers(), now });
  const placement = decision.placement ?? treatment.placements[0];
  const context = decisionContextOf(
    customer.profile,
    {
      channel: treatment.channel,
      slots: 1,
      context: message.facts ?? decision.context,
      ...(placement === undefined ? {} : { placement }),
    },
    now,
  );
  return rules.recheck({
    profile: decisionProfile,
    context,
    now,
    usage: await usageByOthers(engine, toCheck),
    decisionId: decision.continues ?? decision._id,
    actionId: message.actionId,
    treatmentId: treatment.treatmentId,
  });
}

/** Why a message is stopped, in plain words: the rule and what it saw. */
export function stoppedText(stoppedBy: readonly RuleResult[]): string {
  const [first] = stoppedBy.filter(({ effect }) => effect === 'drop').concat(stoppedBy);
  if (first === undefined) return 'a rule stops it';
  return first.rule === first.stage ? first.detail : `${first.rule}: ${first.detail}`;
}
