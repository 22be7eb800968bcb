import { createHash } from 'node:crypto';
import { missingWords } from '../../channels/channel-registry.js';
import type { CustomerDocument } from '../../customers/customer-document.js';
import { profileOf } from '../../customers/stored-profile.js';
import type { ActionUsage } from '../../decide/decide-input.js';
import { knownCustomerOf } from '../../decisions/customer-facts.js';
import type { DecisionDocument, StoredDelivery } from '../../decisions/decision-document.js';
import { makeDecision } from '../../decisions/make-decision.js';
import { releaseContacts } from '../../decisions/reserve-contacts.js';
import { deliveryIdOf } from '../../deliveries/request-delivery.js';
import type { Engine } from '../../engine/engine.js';
import { keepDecision } from '../../engine/keep-decision.js';
import { isDuplicateKey } from '../../store/duplicate-keys.js';
import { readUsage } from '../../usage/take-usage.js';
import type { StepOf } from '../definition/step.js';
import type { EffectResult } from '../run/advance.js';
import { createTask } from './create-task.js';
import type { EffectToPerform, JourneyWork } from './journey-work.js';
import { nestContext } from './nest-context.js';
import { restrictRules } from './restrict-rules.js';

export type ToSend = EffectToPerform<StepOf<'decide'> | StepOf<'send'>>;
/** Where a customer can be reached, by channel; only channels that messages leave on. */
type Addresses = ReadonlyMap<string, string>;

/** A limit that can't say when it lets go is asked again after this. */
const ASK_AGAIN_MS = 3_600_000;

/** The decision of an effect: the same id however often it is tried. */
function decisionIdOf(key: string): string {
  return `dec_${createHash('sha256').update(key).digest('hex').slice(0, 26)}`;
}

/** What deciding takes; a dry run has no more. */
export type Deciding = Pick<Engine, 'store' | 'clock' | 'rules' | 'scorers' | 'write' | 'channels'>;

/** The channels a step may use. */
export function channelsOf(step: ToSend['step']): readonly string[] {
  return step.type === 'send' ? [step.channel] : step.channels;
}

/** Where the customer can be reached on these channels. */
export async function addressesOf(
  { store, channels }: Pick<Engine, 'store' | 'channels'>,
  customer: CustomerDocument,
  wanted: readonly string[],
): Promise<Addresses> {
  const found = await Promise.all(
    wanted.map(
      async (channel) => [channel, await channels.get(channel)?.addressOf(store, customer)] as const,
    ),
  );
  return new Map(found.flatMap(([channel, to]) => (typeof to === 'string' ? [[channel, to] as const] : [])));
}

/**
 * Which of the channels can reach this customer, or why none can. One that nobody configured is taken only where there
 * is no other: its message then stands in the outbox, with what to set.
 */
export function reachable(
  { channels }: Pick<Engine, 'channels'>,
  wanted: readonly string[],
  addresses: Addresses,
): readonly string[] | string {
  const open = wanted.filter((channel) => channel === 'agent' || addresses.has(channel));
  const configured = open.filter(
    (channel) => channel === 'agent' || channels.get(channel)?.state.configured === true,
  );
  if (open.length > 0) return configured.length > 0 ? configured : open;
  return wanted
    .map((channel) => channels.get(channel)?.noAddress ?? `${channel} is no channel that messages leave on`)
    .join(', ');
}

/** The message of a decision, or null where nothing is to be sent. '' in it: its words ask for what isn't known. */
export function deliveryOf(
  engine: Deciding,
  decision: DecisionDocument,
  { toSend, addresses }: { readonly toSend: ToSend; readonly addresses: Addresses },
): StoredDelivery | null {
  const [chosen] = decision.actions;
  const channel = chosen?.treatment.channel ?? '';
  const to = addresses.get(channel);
  if (chosen === undefined || to === undefined) return null;
  const treatment = engine
    .rules()
    .action(chosen.actionId)
    ?.treatments.find(({ treatmentId }) => treatmentId === chosen.treatment.treatmentId);
  if (treatment === undefined) return null;
  const text = engine.write(treatment, profileOf(toSend.document), nestContext(toSend.run.state.context));
  const { decidedAt: at } = decision;
  return {
    deliveryId: deliveryIdOf(decision._id, chosen.actionId, channel),
    actionId: chosen.actionId,
    channel,
    treatmentId: treatment.treatmentId,
    facts: toSend.run.state.context,
    to,
    subject: text.subject,
    text: text.body,
    ...(Object.keys(text.attributes).length === 0 ? {} : { attributes: { ...text.attributes } }),
    state: 'pending',
    detail: '',
    attempts: 0,
    dueAt: at,
    createdAt: at,
    updatedAt: at,
  };
}

/** Whether the words of a message ask for something that isn't known. */
export function lacksWords({ channels }: Pick<Engine, 'channels'>, delivery: StoredDelivery): boolean {
  const channel = channels.get(delivery.channel);
  return channel === null || missingWords(channel, delivery).length > 0;
}

export function decider(engine: Deciding, toSend: ToSend, channels: readonly string[]) {
  const { key, step, run, journey } = toSend;
  const { journeyId } = journey.definition;
  const [channel = '', ...alsoOn] = channels;
  const rules = restrictRules(engine.rules(), step);
  const context = nestContext(run.state.context);
  return (document: CustomerDocument, usage: ReadonlyMap<string, ActionUsage>): DecisionDocument => {
    const made = makeDecision(
      {
        decisionId: decisionIdOf(key),
        customer: knownCustomerOf(document),
        request: { channel, alsoOn, slots: 1, context: { ...run.state.context, journey: journeyId } },
        requestedBy: `journey:${journeyId}`,
        usage,
        now: engine.clock(),
      },
      {
        rules,
        scorers: engine.scorers(),
        write: (treatment, profile) => engine.write(treatment, profile, context),
      },
    );
    // An event's properties may be personal; the run has them, the decision names the run.
    const told = { journey: journeyId, run: run._id, step: step.id };
    return { ...made, channel: made.actions[0]?.treatment.channel ?? channel, context: told };
  };
}

async function settled(work: JourneyWork, decision: DecisionDocument, toSend: ToSend): Promise<EffectResult> {
  const [chosen] = decision.actions;
  if (chosen === undefined) return { kind: 'none', reason: decision.none ?? 'nothing to choose from' };
  const { channel } = chosen.treatment;
  if (channel === 'agent') {
    await createTask(work.engine, toSend, {
      title: chosen.name,
      note: chosen.treatment.talkTrack ?? chosen.treatment.body,
      decisionId: decision._id,
      dueInMs: 86_400_000,
    });
  }
  const facts = { decisionId: decision._id, actionId: chosen.actionId, channel };
  return { kind: 'done', note: `${chosen.name} (${channel})`, facts };
}

export function heldUntil(decision: DecisionDocument, now: Date): number | null {
  const held = decision.held ?? [];
  if (decision.actions.length > 0 || held.length === 0) return null;
  const times = held.map(({ until }) => until?.getTime() ?? now.getTime() + ASK_AGAIN_MS);
  return Math.min(...times);
}

/**
 * The customer without the room that this very decision took: a try that died before it was written may have left it,
 * and would be stopped by itself.
 */
async function withoutOwnRoom(
  engine: Engine,
  document: CustomerDocument,
  decisionId: string,
): Promise<CustomerDocument | null> {
  if (document.reserved?.some((contact) => contact.decisionId === decisionId) !== true) return document;
  await releaseContacts(engine.store, { customerId: document._id, decisionId });
  return engine.customers.find({ customerId: document._id });
}

/**
 * Decides among what the step lists and puts the message into the decision, in one write: a decision that exists has its
 * message, and the id of both is made from the effect's key. Consent and contact policy are part of the decision, and
 * consent is asked again when the message leaves.
 */
export async function performSend(work: JourneyWork, toSend: ToSend): Promise<EffectResult> {
  const { engine } = work;
  const { store } = engine;
  const { key, step } = toSend;
  const decisionId = decisionIdOf(key);
  const before = await store.decisions.findById(decisionId).lean<DecisionDocument | null>();
  if (before !== null) return settled(work, before, toSend);

  const addresses = await addressesOf(engine, toSend.document, channelsOf(step));
  const channels = reachable(engine, channelsOf(step), addresses);
  if (typeof channels === 'string') return { kind: 'none', reason: channels };
  const document = await withoutOwnRoom(engine, toSend.document, decisionId);
  if (document === null) return { kind: 'none', reason: 'the customer is gone' };
  const decide = decider(engine, toSend, channels);
  const probe = decide(document, await readUsage(store, engine.rules().catalogue.actions));
  const until = heldUntil(probe, engine.clock());
  if (until !== null) return { kind: 'held', until, reason: probe.none ?? 'held by the contact policy' };
  if (probe.actions.length === 0) {
    await store.decisions.create(probe).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
    return settled(work, probe, toSend);
  }
  const trial = deliveryOf(engine, probe, { toSend, addresses });
  if (trial !== null && lacksWords(engine, trial)) {
    return { kind: 'none', reason: `the words of "${trial.actionId}" ask for something that isn't known` };
  }
  try {
    const kept = await keepDecision(engine, document, {
      decide: (current, usage) => {
        const made = decide(current, usage);
        const delivery = deliveryOf(engine, made, { toSend, addresses });
        return delivery === null
          ? made
          : { ...made, deliveries: [delivery], lastDeliveryAt: delivery.createdAt };
      },
    });
    return kept === null
      ? { kind: 'none', reason: 'the customer is gone' }
      : await settled(work, kept, toSend);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const other = await store.decisions.findById(decisionId).lean<DecisionDocument | null>();
    if (other === null) throw error;
    return settled(work, other, toSend);
  }
}
