import type { SegueEvent } from '@segue/models';
import type { DemoEvent } from '../demo-shop/demo-event.js';

/** What the engine would make of a demo event. The customer is known here, so an `alias` says nothing. */
export function segueEventOf(event: DemoEvent): SegueEvent | undefined {
  if (event.type === 'alias') return undefined;
  return {
    messageId: event.messageId,
    type: event.type,
    name: event.type === 'track' ? event.event : event.type === 'page' ? event.name : '',
    timestamp: new Date(event.timestamp),
    properties: event.type === 'identify' ? event.traits : event.properties,
    context: event.context,
  };
}
