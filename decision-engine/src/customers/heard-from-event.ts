import type { SegueEvent } from '@segue/models';
import type { Profile } from './profile.js';
import { textIn } from './text-in.js';

/** The customer wrote to us on a channel that answers by itself: a text message, a WhatsApp message. */
export const MESSAGE_RECEIVED = 'Message Received';

/** When the customer last wrote, by channel, after an event; `{}` where they didn't write. */
export function heardFromAfter({ heardFrom = {} }: Profile, event: SegueEvent): Pick<Profile, 'heardFrom'> {
  if (event.type !== 'track' || event.name !== MESSAGE_RECEIVED) return {};
  const channel = textIn(event.properties, 'channel');
  if (channel === undefined || !/^[a-z][a-zA-Z0-9-]{0,39}$/.test(channel)) return {};
  const before = heardFrom[channel];
  if (before !== undefined && before.getTime() >= event.timestamp.getTime()) return {};
  return { heardFrom: { ...heardFrom, [channel]: event.timestamp } };
}
