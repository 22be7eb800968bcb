import type { SegueEvent } from '../events/segue-event.js';

/** A track event at a time, with a messageId that follows from both. */
export function trackEvent(
  name: string,
  time: string | number,
  properties: SegueEvent['properties'] = {},
): SegueEvent {
  const timestamp = new Date(time);
  return {
    messageId: `${name} ${timestamp.toISOString()}`,
    type: 'track',
    name,
    timestamp,
    properties,
    context: {},
  };
}
