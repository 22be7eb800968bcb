import type { JsonObject } from '@segue/models';
import type { CustomerDocument } from '../../customers/customer-document.js';
import { contactsToReserve } from '../../decisions/reserve-contacts.js';
import { readUsage } from '../../usage/take-usage.js';
import { LONGEST_WAIT_MS } from '../definition/check-graph.js';
import type { CompiledJourney } from '../definition/compile-journey.js';
import { advance, type EffectResult, type RunInput } from '../run/advance.js';
import { contextOf, factsOf } from '../run/run-facts.js';
import { dueAt, isOver, newRun, type RunOutcome, type RunState, type TrailEntry } from '../run/run-state.js';
import { customerOfRun } from '../runtime/customer-of-run.js';
import {
  addressesOf,
  channelsOf,
  type Deciding,
  decider,
  deliveryOf,
  heldUntil,
  lacksWords,
  reachable,
  type ToSend,
} from '../runtime/perform-send.js';
import { newRunDocument } from '../store/run-document.js';

export type DryRunEvent = {
  readonly name: string;
  /** From the start of the run. */
  readonly afterMs: number;
  readonly properties: JsonObject;
};

export type DryMessage = {
  readonly at: Date;
  readonly actionId: string;
  readonly channel: string;
  readonly subject: string;
  readonly text: string;
};

export type DryRun = {
  /** Whether the entry condition holds for this customer now; the rest is played either way. */
  readonly fitsEntry: boolean;
  readonly trail: readonly TrailEntry[];
  readonly messages: readonly DryMessage[];
  /** How it ended; null where it was cut off after 500 steps. */
  readonly outcome: RunOutcome | 'failed' | null;
  readonly reason: string;
};

const MOST_STEPS = 500;

/**
 * Plays a journey for one customer from now on, with a clock of its own, and changes nothing. The customer is taken as
 * they are now; what is sent on the way counts against their limits, what they might do is only what `events` say.
 */
export async function dryRun(
  engine: Deciding,
  journey: CompiledJourney,
  {
    document,
    properties = {},
    events = [],
  }: {
    readonly document: CustomerDocument;
    /** Of the event that starts it. */
    readonly properties?: JsonObject;
    readonly events?: readonly DryRunEvent[];
  },
): Promise<DryRun> {
  const start = engine.clock().getTime();
  const { definition } = journey;
  const [addresses, usage] = await Promise.all([
    addressesOf(
      engine,
      document,
      definition.steps.flatMap((step) =>
        step.type === 'send' || step.type === 'decide' ? channelsOf(step) : [],
      ),
    ),
    readUsage(engine.store, engine.rules().catalogue.actions),
  ]);
  const messages: DryMessage[] = [];
  let known: CustomerDocument = document;
  let now = start;
  const at = (): Deciding => ({ ...engine, clock: () => new Date(now) });

  const send = (toSend: ToSend): EffectResult => {
    const { step } = toSend;
    const channels = reachable(engine, channelsOf(step), addresses);
    if (typeof channels === 'string') return { kind: 'none', reason: channels };
    const decision = decider(at(), toSend, channels)(known, usage);
    const until = heldUntil(decision, new Date(now));
    if (until !== null) return { kind: 'held', until, reason: decision.none ?? 'held by the contact policy' };
    const [chosen] = decision.actions;
    if (chosen === undefined) return { kind: 'none', reason: decision.none ?? 'nothing to choose from' };
    const delivery = deliveryOf(at(), decision, { toSend, addresses });
    if (delivery !== null && lacksWords(engine, delivery)) {
      return { kind: 'none', reason: `the words of "${chosen.actionId}" ask for something that isn't known` };
    }
    // As if it had been shown: it counts against limits for the rest of the run.
    const shown = contactsToReserve(engine.rules(), decision, 1).map((contact) => ({
      ...contact,
      until: new Date(now + LONGEST_WAIT_MS),
    }));
    known = { ...known, reserved: [...(known.reserved ?? []), ...shown] };
    const { channel, title, body } = chosen.treatment;
    messages.push({
      at: new Date(now),
      actionId: chosen.actionId,
      channel,
      subject: delivery?.subject ?? title,
      text: delivery?.text ?? body,
    });
    return {
      kind: 'done',
      note: `${chosen.name} (${channel})`,
      facts: { decisionId: 'none', actionId: chosen.actionId, channel },
    };
  };

  const perform = (run: RunState, key: string): EffectResult => {
    const step = journey.step(run.stepId);
    const { journeyId } = definition;
    const entered = { journeyId, version: 0, customerId: document._id, entryKey: '', messageId: null };
    const stored = newRunDocument(run, { ...entered, now: new Date(now) });
    switch (step?.type) {
      case 'send':
      case 'decide':
        return send({ key, step, run: stored, journey, document: known });
      case 'experiment': {
        const variant = customerOfRun(engine, known, new Date(now)).variantOf(step.experimentId);
        if (variant === null) return { kind: 'done', note: 'not in the experiment' };
        return { kind: 'done', note: `variant ${variant}`, facts: { variant } };
      }
      default:
        return { kind: 'done', note: `would be done: ${step?.type ?? 'nothing'}` };
    }
  };

  const context = contextOf(properties);
  const customer = () => customerOfRun(engine, known, new Date(now));
  const entryFacts = factsOf(customer(), { context, now, promotional: definition.class === 'promotional' });
  const open = [...events].sort((a, b) => a.afterMs - b.afterMs);
  let run = newRun({
    runId: 'dry',
    firstStep: journey.firstStep,
    startedAt: now,
    now,
    context,
    messageId: null,
  });
  let input: RunInput = { type: 'time' };
  let trail: TrailEntry[] = [];
  for (let step = 0; step < MOST_STEPS && !isOver(run); step += 1) {
    const advanced = advance(run, { journey, customer: customer(), now, input });
    run = advanced.run;
    // The run keeps its latest steps only; a dry run tells all of them.
    trail = [...trail, ...run.trail];
    run = { ...run, trail: [] };
    const [effect] = advanced.effects;
    if (effect !== undefined) {
      input = { type: 'performed', key: effect.key, result: perform(run, effect.key) };
      continue;
    }
    const due = dueAt(run) ?? Number.POSITIVE_INFINITY;
    const [event] = open;
    if (event !== undefined && start + event.afterMs <= due) {
      open.shift();
      now = Math.max(now, start + event.afterMs);
      const happened = {
        messageId: `dry ${step}`,
        name: event.name,
        at: now,
        properties: contextOf(event.properties),
      };
      input = { type: 'event', event: happened };
    } else {
      now = Math.max(now, due);
      input = { type: 'time' };
    }
    if (isOver(run)) break;
  }
  const { waiting } = run;
  return {
    fitsEntry: journey.entryCondition === undefined || journey.entryCondition.test(entryFacts) === 'true',
    trail,
    messages,
    outcome: waiting.kind === 'ended' ? waiting.outcome : waiting.kind === 'failed' ? 'failed' : null,
    reason: waiting.kind === 'ended' || waiting.kind === 'failed' ? waiting.reason : 'cut off',
  };
}
