import { nextWebhookAttempt } from '@segue/integrations';
import type { JsonObject } from '@segue/models';
import { durationToMs } from '../../catalogue/duration.js';
import { switchOff, whyOff } from '../../channels/webhook-endpoints.js';
import type { FieldValue } from '../../conditions/facts.js';
import { OWN_EVENTS } from '../../customers/own-events.js';
import type { CustomerId } from '../../customers/profile.js';
import { announceApplied } from '../../engine/take-events.js';
import { ingestForCustomer } from '../../events/ingest-events.js';
import { bucketOf } from '../../experiments/assign-experiments.js';
import type { Step, StepOf } from '../definition/step.js';
import type { EffectResult } from '../run/advance.js';
import { factsOf } from '../run/run-facts.js';
import { createTask } from './create-task.js';
import { customerOfRun } from './customer-of-run.js';
import type { EffectToPerform, JourneyWork } from './journey-work.js';
import { performSend } from './perform-send.js';

type Told = { readonly name: string; readonly properties: JsonObject; readonly messageId: string };

/** Writes into the customer's history what the journey found or said, once for each effect. */
async function tell({ engine }: JourneyWork, customerId: string, { messageId, name, properties }: Told) {
  const now = engine.clock();
  const event = {
    messageId,
    type: 'track',
    name,
    timestamp: now,
    receivedAt: now,
    properties,
    context: {},
  } as const;
  const { applied } = await ingestForCustomer(engine.store, customerId as CustomerId, [event]);
  announceApplied(engine, applied);
}

function readerOf({ engine }: JourneyWork, { run, journey, document }: EffectToPerform<Step>) {
  const customer = customerOfRun(engine, document, engine.clock());
  const facts = factsOf(customer, {
    context: run.state.context,
    now: run.state.clock,
    promotional: journey.definition.class === 'promotional',
  });
  return (path: string) => journey.field(path)(facts);
}

function plain(value: FieldValue | undefined): string | number | boolean | null {
  if (value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? value.join(', ') : value;
}

async function setTrait(
  work: JourneyWork,
  effect: EffectToPerform<StepOf<'setTrait'>>,
): Promise<EffectResult> {
  const { step, run, key } = effect;
  const value = typeof step.value === 'object' ? plain(readerOf(work, effect)(step.value.field)) : step.value;
  if (value === null) return { kind: 'done', note: `"${step.trait}" stays: no value` };
  await tell(work, run.customerId, {
    messageId: key,
    name: OWN_EVENTS.traitsUpdated,
    properties: { traits: { [step.trait]: value }, source: `journey:${run.journeyId}` },
  });
  return { kind: 'done', note: `${step.trait} = ${value}` };
}

async function expose(
  work: JourneyWork,
  { step, run, document }: EffectToPerform<StepOf<'experiment'>>,
): Promise<EffectResult> {
  const customer = customerOfRun(work.engine, document, work.engine.clock());
  const variant = customer.variantOf(step.experimentId);
  if (variant === null) return { kind: 'done', note: 'not in the experiment' };
  await tell(work, run.customerId, {
    messageId: `exposure:${run.customerId}:${step.experimentId}:${variant}`,
    name: OWN_EVENTS.experimentViewed,
    properties: {
      experiment_id: step.experimentId,
      variation_id: variant,
      bucketing_key: customer.profile().bucketingKey,
    },
  });
  return { kind: 'done', note: `variant ${variant}`, facts: { variant } };
}

async function callWebhook(
  work: JourneyWork,
  effect: EffectToPerform<StepOf<'webhook'>>,
): Promise<EffectResult> {
  const { step, run, key } = effect;
  const endpoint = work.engine.journeys.endpoints.get(step.endpoint);
  if (endpoint === undefined) {
    return {
      kind: 'failed',
      reason: `the settings have no webhook endpoint "${step.endpoint}"`,
      retryAt: null,
    };
  }
  const off = await whyOff(work.engine.store, step.endpoint);
  if (off !== null) {
    const reason = `the webhook endpoint "${step.endpoint}" is switched off: ${off}`;
    return { kind: 'failed', reason, retryAt: null };
  }
  const read = readerOf(work, effect);
  const result = await work.sendWebhook({
    url: endpoint.url,
    secrets: endpoint.secrets,
    id: key,
    type: step.eventType,
    happenedAt: new Date(run.state.enteredAt),
    data: {
      customerId: run.customerId,
      journeyId: run.journeyId,
      runId: run._id,
      ...Object.fromEntries(step.fields.map((field) => [field, plain(read(field))])),
    },
  });
  switch (result.status) {
    case 'delivered':
      return { kind: 'done', note: `${step.endpoint} answered ${result.httpStatus}` };
    case 'gone':
      await switchOff(work.engine, step.endpoint, 'it wants no more of these (HTTP 410)');
      return { kind: 'failed', reason: `${step.endpoint} wants no more of these (410)`, retryAt: null };
    case 'refused':
      return { kind: 'failed', reason: result.reason, retryAt: null };
    case 'failed': {
      const { waiting } = run.state;
      const tries = waiting.kind === 'effect' ? waiting.tries + 1 : 1;
      const wait = nextWebhookAttempt(tries, bucketOf(key, 'webhook'), result.retryAfterMs);
      const retryAt = wait === undefined ? null : work.engine.clock().getTime() + wait;
      return { kind: 'failed', reason: `${step.endpoint}: ${result.reason}`, retryAt };
    }
  }
}

/**
 * Does what a step asks for. Done twice under one key it happens once, but for webhooks, which carry the key as their id.
 * @throws what may pass: no store, no line
 */
export async function performEffect(work: JourneyWork, effect: EffectToPerform<Step>): Promise<EffectResult> {
  const { step, ...rest } = effect;
  switch (step.type) {
    case 'decide':
    case 'send':
      return performSend(work, { ...rest, step });
    case 'setTrait':
      return setTrait(work, { ...rest, step });
    case 'experiment':
      return expose(work, { ...rest, step });
    case 'webhook':
      return callWebhook(work, { ...rest, step });
    case 'notifyAgent': {
      const { title, note, dueIn } = step;
      await createTask(work.engine, effect, { title, note, decisionId: null, dueInMs: durationToMs(dueIn) });
      return { kind: 'done', note: `asked an agent: ${title}` };
    }
    case 'wait':
    case 'waitFor':
    case 'branch':
    case 'score':
    case 'cohort':
    case 'goal':
    case 'end':
      return { kind: 'failed', reason: `a step of type "${step.type}" does nothing outside`, retryAt: null };
  }
}
