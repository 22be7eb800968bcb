import { createWebhookSender, type OutboundWebhook, type WebhookResult } from '@segue/integrations';
import type { CustomerDocument } from '../../customers/customer-document.js';
import type { Engine } from '../../engine/engine.js';
import type { CompiledJourney } from '../definition/compile-journey.js';
import type { RunDocument } from '../store/run-document.js';

/** What running journeys takes besides the engine. */
export type JourneyWork = {
  readonly engine: Engine;
  readonly sendWebhook: (webhook: OutboundWebhook) => Promise<WebhookResult>;
};

/** Running journeys with webhooks that really go out. */
export function createJourneyWork(engine: Engine): JourneyWork {
  return { engine, sendWebhook: createWebhookSender({ now: engine.clock }) };
}

/** Something a run wants done, and everything it takes. */
export type EffectToPerform<Step> = {
  /** The same however often it is tried. */
  readonly key: string;
  readonly step: Step;
  readonly run: RunDocument;
  readonly journey: CompiledJourney;
  readonly document: CustomerDocument;
};
