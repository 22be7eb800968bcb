import type { Outcome, SegueEvent } from '@segue/models';
import { findCustomer } from '../customers/find-customer.js';
import { textIn } from '../customers/text-in.js';
import type { ContactEntry } from '../decide/decision-profile.js';
import { contactsOf } from '../decisions/decision-profile-of.js';
import type { EventDocument } from '../events/event-document.js';
import { toSegueEvent } from '../events/stored-event.js';
import { attributeOutcome } from '../outcomes/attribute-outcome.js';
import { OUTCOME_BY_EVENT_NAME } from '../outcomes/outcome-by-event-name.js';
import type { Conversion } from '../outcomes/outcome-settings.js';
import type { Engine } from './engine.js';
import { tryFeedback } from './give-feedback.js';

/** Outcomes that Segue wrote itself are with their decision already. */
const OWN_PREFIX = 'outcome:';

/** Which events say what came of earlier decisions: outcomes by name, and what the policies call a conversion. */
export function tellsOutcomes(engine: Engine): (eventName: string) => boolean {
  const { conversions } = engine.rules().policies.outcomes;
  return (name) => OUTCOME_BY_EVENT_NAME.has(name) || conversions.some(({ event }) => event === name);
}

function amount(event: SegueEvent, names: readonly string[]): number | undefined {
  const found = names
    .map((name) => event.properties[name])
    .find((value) => typeof value === 'number' && Number.isFinite(value));
  return typeof found === 'number' ? found : undefined;
}

/** An outcome that came as an event and names its decision: recorded with the decision too. */
async function recordNamed(engine: Engine, event: SegueEvent, outcome: Outcome): Promise<void> {
  const decisionId = textIn(event.properties, 'decision_id');
  const actionId = textIn(event.properties, 'action_id');
  if (decisionId === undefined || actionId === undefined || event.messageId.startsWith(OWN_PREFIX)) return;
  const value = amount(event, ['value']);
  const note = textIn(event.properties, 'note');
  await tryFeedback(
    engine,
    {
      decisionId,
      actionId,
      outcome,
      feedbackId: event.messageId,
      ...(value === undefined ? {} : { value }),
      ...(note === undefined ? {} : { note }),
      at: event.timestamp,
      isInHistory: true,
    },
    null,
  );
}

function considered({ channels }: Conversion, history: readonly ContactEntry[]): readonly ContactEntry[] {
  return channels === undefined ? history : history.filter(({ channel }) => channels.includes(channel));
}

/** A conversion belongs to the last contact within the window, or to the decision it names. */
async function recordConversion(
  engine: Engine,
  { customerId, event, conversion }: { customerId: string; event: SegueEvent; conversion: Conversion },
): Promise<void> {
  const document = await findCustomer(engine.store, { customerId });
  if (document === null) return;
  const rules = engine.rules();
  const { actions, groups } = conversion;
  const attribution = attributeOutcome(
    considered(conversion, contactsOf(document.contacts, rules)),
    { at: event.timestamp, decisionId: textIn(event.properties, 'decision_id'), actions, groups },
    rules.policies.outcomes,
  );
  if (!attribution.attributed) return;
  const { contact } = attribution;
  const value = amount(event, conversion.value);
  await tryFeedback(
    engine,
    {
      decisionId: contact.decisionId,
      actionId: contact.actionId,
      outcome: 'converted',
      feedbackId: `converted:${event.messageId}`,
      note: event.name,
      ...(value === undefined ? {} : { value }),
      at: event.timestamp,
      via: { channel: contact.channel, treatmentId: contact.treatmentId },
    },
    null,
  );
}

/**
 * Records with earlier decisions what events say came of them. Every step is idempotent by the event's id, and the event
 * stays marked until all are done.
 */
export async function followUpOutcomes(
  engine: Engine,
  customerId: string,
  events: readonly SegueEvent[],
): Promise<void> {
  const { conversions } = engine.rules().policies.outcomes;
  for (const event of events) {
    if (event.type !== 'track') continue;
    const outcome = OUTCOME_BY_EVENT_NAME.get(event.name);
    const counted = conversions.filter(({ event: name }) => name === event.name);
    if (outcome === undefined && counted.length === 0) continue;
    if (outcome !== undefined) await recordNamed(engine, event, outcome);
    for (const conversion of counted) await recordConversion(engine, { customerId, event, conversion });
    await engine.store.events.updateOne({ _id: event.messageId }, { $unset: { forOutcomes: '' } });
  }
}

const BATCH = 200;
/** Younger ones are being looked at by whoever took them in. */
const SETTLED_MS = 30_000;

/** Finishes what a crash left between taking events in and recording their outcomes. @returns how many events */
export async function finishOutcomes(engine: Engine): Promise<number> {
  const before = new Date(engine.clock().getTime() - SETTLED_MS);
  for (let done = 0; ; ) {
    const left = await engine.store.events
      .find({ forOutcomes: true, receivedAt: { $lt: before } })
      .sort({ receivedAt: 1, _id: 1 })
      .limit(BATCH)
      .lean<EventDocument[]>();
    for (const document of left) {
      await followUpOutcomes(engine, document.customerId, [toSegueEvent(document)]);
      // One that no longer tells anything, since the policies changed, is done too.
      await engine.store.events.updateOne({ _id: document._id }, { $unset: { forOutcomes: '' } });
    }
    done += left.length;
    if (left.length < BATCH) return done;
  }
}
