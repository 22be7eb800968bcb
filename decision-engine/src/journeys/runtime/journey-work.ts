import type { OutboundWebhook, WebhookResult } from '@segue/integrations';
import type { CustomerDocument } from '../../customers/customer-document.js';
import type { Engine } from '../../engine/engine.js';
import type { CompiledJourney } from '../definition/compile-journey.js';
import type { RunDocument } from '../store/run-document.js';

export type WebhookEndpoint = { readonly url: string; readonly secrets: readonly string[] };

/** What running journeys takes besides the engine. */
export type JourneyWork = {
  readonly engine: Engine;
  /** Endpoints of the settings, by name. */
  readonly endpoints: ReadonlyMap<string, WebhookEndpoint>;
  readonly sendWebhook: (webhook: OutboundWebhook) => Promise<WebhookResult>;
};

/** Something a run wants done, and everything it takes. */
export type EffectToPerform<Step> = {
  /** The same however often it is tried. */
  readonly key: string;
  readonly step: Step;
  readonly run: RunDocument;
  readonly journey: CompiledJourney;
  readonly document: CustomerDocument;
};
