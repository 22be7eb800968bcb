import { z } from 'zod';
import type { InboundEvent } from './inbound-event.js';
import { unescapeKey } from './key-escaping.js';

const consentContext = z.object({
  consent: z.object({ categoryPreferences: z.record(z.string(), z.boolean()) }),
});

/**
 * The consent an event carries in `context.consent.categoryPreferences`, as category to yes or no; `undefined` where
 * it carries none. Whether the values are booleans was checked when the message was parsed.
 */
export function consentOf(event: Pick<InboundEvent, 'context'>): ReadonlyMap<string, boolean> | undefined {
  const parsed = consentContext.safeParse(event.context);
  if (!parsed.success) return undefined;
  const preferences = Object.entries(parsed.data.consent.categoryPreferences);
  return new Map(preferences.map(([category, allowed]) => [unescapeKey(category), allowed]));
}
