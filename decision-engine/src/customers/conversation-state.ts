import { moodOf, type SegueEvent } from '@segue/models';
import type { ConversationState } from './profile.js';
import { textIn } from './text-in.js';

const STARTED = 'Live Chat Conversation Started';
const ENDED = 'Live Chat Conversation Ended';
const MESSAGES = new Set(['Live Chat Message Sent', 'Live Chat Message Received']);

/** How the latest support conversation stands after an event; an event older than what is known changes nothing. */
export function conversationAfter(
  known: ConversationState | null,
  event: SegueEvent,
): ConversationState | null {
  if (event.type !== 'track') return known;
  const concerns = event.name === STARTED || event.name === ENDED || MESSAGES.has(event.name);
  if (!concerns || (known !== null && event.timestamp.getTime() < known.at.getTime())) return known;
  const mood = moodOf(event.properties);
  const fresh = event.name === STARTED || known === null;
  return {
    topic: textIn(event.properties, 'topic') ?? (fresh ? '' : known.topic),
    mood: mood === undefined ? (fresh ? null : known.mood) : mood / 100,
    open: event.name !== ENDED || event.properties['resolved'] === false,
    at: event.timestamp,
  };
}
