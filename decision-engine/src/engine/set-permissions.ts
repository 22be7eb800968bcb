import type { JsonObject } from '@segue/models';
import type { ActionClass } from '../catalogue/action.js';
import { findCustomer } from '../customers/find-customer.js';
import { OWN_EVENTS } from '../customers/own-events.js';
import type { CustomerId } from '../customers/profile.js';
import { ingestForCustomer } from '../events/ingest-events.js';
import type { Engine } from './engine.js';
import { announceApplied } from './take-events.js';

/** Where a word of the customer came from, and the id that makes a repeat harmless. */
type Told = {
  readonly customerId: string;
  /** "preference page", "STOP by SMS", "agent Ada" … */
  readonly source: string;
  /** Made anew where absent. */
  readonly id?: string | undefined;
  /** When it was said, where that isn't now. */
  readonly at?: Date | undefined;
};

export type ConsentTold = Told & {
  /** `*` for every channel. */
  readonly channel: string;
  readonly purpose: 'marketing' | 'service' | 'profiling';
  readonly state: 'granted' | 'denied';
};

export type SuppressionTold = Told & {
  /** The same id replaces or lifts it: "sms-stop", "do-not-contact". */
  readonly suppressionId: string;
  /** `legal` stops everything it names; `pause` spares mandatory messages. */
  readonly kind: 'legal' | 'pause';
  /** What it names; everything where nothing is given. */
  readonly channel?: string | undefined;
  readonly classes?: readonly ActionClass[] | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly actions?: readonly string[] | undefined;
  /** For good where absent. */
  readonly until?: Date | undefined;
  readonly reason: string;
};

async function tell(
  engine: Engine,
  told: Told,
  { name, properties }: { name: string; properties: JsonObject },
): Promise<boolean> {
  const document = await findCustomer(engine.store, { customerId: told.customerId });
  if (document === null) return false;
  const now = engine.clock();
  const { applied } = await ingestForCustomer(engine.store, document._id as CustomerId, [
    {
      messageId: `${name}:${told.id ?? engine.newId('tld')}`,
      type: 'track',
      name,
      timestamp: told.at ?? now,
      receivedAt: now,
      properties: { ...properties, source: told.source },
      context: {},
    },
  ]);
  announceApplied(engine, applied);
  return true;
}

/**
 * Keeps what a customer said about being contacted on a channel for a purpose, with source and time. It holds from the
 * next decision and the next message on. @returns false when there is no such customer
 */
export function setConsent(engine: Engine, told: ConsentTold): Promise<boolean> {
  const { channel, purpose, state } = told;
  return tell(engine, told, { name: OWN_EVENTS.consentUpdated, properties: { channel, purpose, state } });
}

/** Keeps that a customer is not to be contacted. @returns false when there is no such customer */
export function suppress(engine: Engine, told: SuppressionTold): Promise<boolean> {
  const { suppressionId, kind, channel, classes, groups, actions, until, reason } = told;
  return tell(engine, told, {
    name: OWN_EVENTS.suppressionSet,
    properties: {
      suppression_id: suppressionId,
      kind,
      reason,
      ...(channel === undefined ? {} : { channel }),
      ...(classes === undefined ? {} : { classes: [...classes] }),
      ...(groups === undefined ? {} : { groups: [...groups] }),
      ...(actions === undefined ? {} : { actions: [...actions] }),
      ...(until === undefined ? {} : { until: until.toISOString() }),
    },
  });
}

/** Lifts a suppression. @returns false when there is no such customer */
export function liftSuppression(
  engine: Engine,
  told: Told & { readonly suppressionId: string },
): Promise<boolean> {
  return tell(engine, told, {
    name: OWN_EVENTS.suppressionLifted,
    properties: { suppression_id: told.suppressionId },
  });
}
