export type { Outcome, OutcomeEventProperties } from './events/outcome-events.js';
export { OUTCOME_EVENT_NAMES } from './events/outcome-events.js';
export type { CustomerHistory, EventType, JsonObject, JsonValue, SegueEvent } from './events/segue-event.js';
export { EVENT_TYPES } from './events/segue-event.js';
