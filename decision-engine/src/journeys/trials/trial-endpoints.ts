import type { WebhookEndpoint } from '../runtime/journey-registry.js';

/** Signs nothing but what a trial sends to itself. */
const SECRET = `whsec_${Buffer.from('of a trial and of nothing else').toString('base64')}`;

/** The one receiver of a trial. */
export function trialEndpoints(url: string): ReadonlyMap<string, WebhookEndpoint> {
  return new Map([['trial', { url, secrets: [SECRET] }]]);
}
