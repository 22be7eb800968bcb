import type { SegueEvent } from '@segue/models';

/**
 * Events by which Segue writes into a customer's history what it was told or did itself. They make the profile as every
 * other event does, once each and through merges; they are nothing that the customer did in the shop.
 */
export const OWN_EVENTS = {
  suppressionSet: 'Suppression Set',
  suppressionLifted: 'Suppression Lifted',
  consentUpdated: 'Consent Updated',
  /** `traits`: what a journey set, with its `source`. */
  traitsUpdated: 'Traits Updated',
  /** A browser subscribed to push messages. */
  pushSubscribed: 'Push Subscribed',
  /** A provider said that nobody is at a token or subscription any more. */
  deviceGone: 'Device Gone',
  /** What a provider reported of a message. */
  messageDelivered: 'Message Delivered',
  messageFailed: 'Message Failed',
  /** `segment_id`, `name` and `reason`: `change` of the customer or `definition` of the segment. */
  segmentEntered: 'Segment Entered',
  segmentLeft: 'Segment Left',
  /** `list`: a list that somebody put the customer on, or took them off. */
  listJoined: 'List Joined',
  listLeft: 'List Left',
  /** Segment's name for an exposure. */
  experimentViewed: 'Experiment Viewed',
} as const;

const NAMES: ReadonlySet<string> = new Set(Object.values(OWN_EVENTS));

export function isOwnEvent(event: Pick<SegueEvent, 'type' | 'name'>): boolean {
  return event.type === 'track' && NAMES.has(event.name);
}
