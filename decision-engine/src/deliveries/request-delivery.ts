import { ApiError } from '../api/api-error.js';
import { missingWords } from '../channels/channel-registry.js';
import { findCustomer } from '../customers/find-customer.js';
import type { ReservedContact } from '../customers/reserved-contact.js';
import { profileOf } from '../customers/stored-profile.js';
import type { RuleResult } from '../decide/decision-result.js';
import type { RecheckResult } from '../decide/recheck.js';
import type { DecidingRules } from '../decisions/deciding-rules.js';
import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';
import { reserveContacts } from '../decisions/reserve-contacts.js';
import type { Engine } from '../engine/engine.js';
import { issueOffers } from '../offers/issue-offers.js';
import { checkSending, stoppedText } from './check-sending.js';

/** A hold that can't say when it ends is looked at again after this. */
export const LOOK_AGAIN_MS = 3_600_000;
/** A message that could not leave for this long is too late. */
export const HELD_AT_MOST_MS = 7 * 86_400_000;

export type DeliveryRequested =
  /** In the outbox: to be sent now, or held until a rule lets go. */
  | {
      readonly kind: 'queued' | 'held';
      readonly decision: DecisionDocument;
      readonly delivery: StoredDelivery;
    }
  /** A rule says never, or not in time. Kept in the decision as skipped, with the reason. */
  | { readonly kind: 'dropped'; readonly reason: string; readonly stoppedBy: readonly RuleResult[] }
  | { readonly kind: 'unknown-decision' | 'not-in-decision' }
  | { readonly kind: 'no-channel'; readonly channel: string }
  | { readonly kind: 'no-address'; readonly reason: string }
  | { readonly kind: 'no-treatment'; readonly name: string }
  /** Its words ask for something that isn't known. */
  | { readonly kind: 'no-words'; readonly name: string; readonly missing: readonly string[] };

export type WantedDelivery = {
  readonly decisionId: string;
  readonly actionId: string;
  /** `email` where absent. */
  readonly channel?: string | undefined;
};

/** Puts the message into the decision, once: the outbox is in the decision. */
async function keep(engine: Engine, decisionId: string, delivery: StoredDelivery): Promise<DecisionDocument> {
  await engine.store.decisions.updateOne(
    { _id: decisionId, 'deliveries.deliveryId': { $ne: delivery.deliveryId } },
    { $push: { deliveries: delivery }, $set: { lastDeliveryAt: delivery.createdAt } },
  );
  const stored = await engine.store.decisions.findById(decisionId).lean<DecisionDocument | null>();
  if (stored === null) throw new Error(`Expected decision ${decisionId} to be stored`);
  return stored;
}

/** One message of an action in a decision on a channel: asked for twice it is the same one. */
export function deliveryIdOf(decisionId: string, actionId: string, channel: string): string {
  return `${decisionId}:${actionId}:${channel}`;
}

/**
 * Asks for a decided action's treatment on a channel to be sent, once. Every rule is run now, and again at the moment of
 * sending, which is the worker's. What is held keeps its room under the customer's limits.
 */
export async function requestDelivery(
  engine: Engine,
  { decisionId, actionId, channel: channelId = 'email' }: WantedDelivery,
): Promise<DeliveryRequested> {
  const channel = engine.channels.get(channelId);
  if (channel === null) return { kind: 'no-channel', channel: channelId };
  const decision = await engine.store.decisions.findById(decisionId).lean<DecisionDocument | null>();
  if (decision === null) return { kind: 'unknown-decision' };
  if (!decision.actions.some((action) => action.actionId === actionId)) return { kind: 'not-in-decision' };
  const action = engine.rules().action(actionId);
  const treatment = action?.treatments.find((each) => each.channel === channelId);
  if (action === undefined || treatment === undefined)
    return { kind: 'no-treatment', name: action?.name ?? actionId };
  const document = await findCustomer(engine.store, { customerId: decision.customerId });
  const to = document === null ? null : await channel.addressOf(engine.store, document);
  if (document === null || to === null) return { kind: 'no-address', reason: channel.noAddress };
  const deliveryId = deliveryIdOf(decisionId, actionId, channelId);
  const known = decision.deliveries.find((each) => each.deliveryId === deliveryId);
  if (known !== undefined)
    return { kind: known.state === 'held' ? 'held' : 'queued', decision, delivery: known };

  const now = engine.clock();
  const text = engine.write(treatment, profileOf(document));
  const missing = missingWords(channel, { subject: text.subject, text: text.body });
  if (missing.length > 0) return { kind: 'no-words', name: action.name, missing };
  const delivery: StoredDelivery = {
    deliveryId,
    actionId,
    channel: channelId,
    treatmentId: treatment.treatmentId,
    to,
    subject: text.subject,
    text: text.body,
    ...(Object.keys(text.attributes).length === 0 ? {} : { attributes: { ...text.attributes } }),
    state: 'pending',
    detail: '',
    attempts: 0,
    dueAt: now,
    createdAt: now,
    updatedAt: now,
  };
  await issueOffers(engine, [
    { decisionId, customerId: document._id, actionId, treatmentId: treatment.treatmentId },
  ]);
  const checked = await takeRoom(engine, { decision, delivery });
  switch (checked.verdict) {
    case 'send':
      return { kind: 'queued', decision: await keep(engine, decisionId, delivery), delivery };
    case 'hold': {
      const held: StoredDelivery = {
        ...delivery,
        state: 'held',
        detail: `held: ${stoppedText(checked.stoppedBy)}`,
        dueAt: checked.until ?? new Date(now.getTime() + LOOK_AGAIN_MS),
      };
      return { kind: 'held', decision: await keep(engine, decisionId, held), delivery: held };
    }
    case 'drop': {
      const reason = stoppedText(checked.stoppedBy);
      await keep(engine, decisionId, { ...delivery, state: 'skipped', detail: `not sent: ${reason}` });
      return { kind: 'dropped', reason, stoppedBy: checked.stoppedBy };
    }
    case 'gone':
      return { kind: 'no-treatment', name: action.name };
  }
}

const TRIES = 50;

/** Checks the message and takes its room under the customer's limits, as one: of two messages at once one sees the other. */
export async function takeRoom(
  engine: Engine,
  { decision, delivery }: { readonly decision: DecisionDocument; readonly delivery: StoredDelivery },
): Promise<RecheckResult> {
  const { customerId } = decision;
  return engine.turns(customerId, async () => {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const document = await findCustomer(engine.store, { customerId });
      if (document === null) return { verdict: 'gone' };
      const checked = await checkSending(engine, { decision, document, message: delivery });
      if (checked.verdict === 'drop' || checked.verdict === 'gone') return checked;
      const contact = messageContact(engine.rules(), decision, delivery);
      if ((await reserveContacts(engine.store, document, contact === null ? [] : [contact])) !== null)
        return checked;
    }
    throw new Error(
      `Could not take room for a message to ${customerId} in ${TRIES} tries: others were quicker`,
    );
  });
}

/** The message as a contact that is still to come. */
function messageContact(
  rules: DecidingRules,
  decision: DecisionDocument,
  { actionId, treatmentId = '', channel, createdAt }: StoredDelivery,
): ReservedContact | null {
  const action = rules.action(actionId);
  if (action === undefined) return null;
  return {
    decisionId: decision.continues ?? decision._id,
    actionId,
    treatmentId,
    groupId: action.group,
    issueId: action.issue,
    class: action.class,
    channel,
    tags: action.tags,
    at: createdAt,
    until: new Date(createdAt.getTime() + 2 * HELD_AT_MOST_MS),
  };
}

function channelName(engine: Engine, { channel = 'email' }: WantedDelivery): string {
  return engine.channels.get(channel)?.channel.definition.name ?? channel;
}

const PERMISSIONS: readonly string[] = ['consent', 'suppression'];

/**
 * As {@link requestDelivery}, for whoever asked by the API.
 * @throws ApiError `unknown_decision`, `action_not_in_decision`, `unknown_channel`, `no_treatment`, `no_words`,
 * `no_address`, `no_consent`, `contact_refused`
 */
export async function requestMessage(
  engine: Engine,
  wanted: WantedDelivery,
): Promise<{ decision: DecisionDocument; delivery: StoredDelivery }> {
  const { decisionId, actionId } = wanted;
  const requested = await requestDelivery(engine, wanted);
  switch (requested.kind) {
    case 'queued':
    case 'held':
      return { decision: requested.decision, delivery: requested.delivery };
    case 'unknown-decision':
      throw new ApiError('unknown_decision', `There is no decision "${decisionId}"`);
    case 'not-in-decision':
      throw new ApiError('action_not_in_decision', `Decision "${decisionId}" did not offer "${actionId}"`);
    case 'no-treatment':
      throw new ApiError(
        'no_treatment',
        `"${requested.name}" has no ${channelName(engine, wanted)} treatment`,
      );
    case 'no-channel':
      throw new ApiError('unknown_channel', `There is no channel "${requested.channel}" for messages`);
    case 'no-words':
      throw new ApiError(
        'no_words',
        `"${requested.name}" has no ${requested.missing.join(' and no ')} for this customer: its words ask for something that isn't known`,
      );
    case 'no-address':
      throw new ApiError('no_address', `This customer can't be reached: ${requested.reason}`);
    case 'dropped': {
      const permission = requested.stoppedBy.some(({ stage }) => PERMISSIONS.includes(stage));
      throw new ApiError(
        permission ? 'no_consent' : 'contact_refused',
        `This message may not be sent. ${requested.reason}`,
      );
    }
  }
}
