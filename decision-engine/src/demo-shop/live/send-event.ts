import type { Analytics } from '@segment/analytics-node';
import type { DemoEvent } from '../demo-event.js';
import { shiftDates } from './shift-dates.js';

type Who = { userId: string; anonymousId?: string } | { userId?: string; anonymousId: string };

/**
 * Hands an event to the official client, dated now: the world's clock may be ahead of the wall's.
 * @param now the moment it happens on the wall
 */
export function sendEvent(analytics: Analytics, event: DemoEvent, now: Date): void {
  const shift = now.getTime() - Date.parse(event.timestamp);
  const common = { context: { ...event.context }, timestamp: now };
  switch (event.type) {
    case 'track':
      analytics.track({
        ...who(event),
        ...common,
        event: event.event,
        properties: { ...shiftDates(event.properties, shift) },
      });
      return;
    case 'page':
      analytics.page({ ...who(event), ...common, name: event.name, properties: { ...event.properties } });
      return;
    case 'identify':
      analytics.identify({ ...who(event), ...common, traits: { ...event.traits } });
      return;
    case 'alias':
      analytics.alias({ userId: event.userId ?? '', previousId: event.previousId, ...common });
      return;
  }
}

function who({ userId, anonymousId }: DemoEvent): Who {
  if (userId !== undefined) return anonymousId === undefined ? { userId } : { userId, anonymousId };
  if (anonymousId === undefined)
    throw new Error('Expected an event to have "userId" or "anonymousId", got neither');
  return { anonymousId };
}
