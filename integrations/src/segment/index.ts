export { correctClock, MAX_CLOCK_SKEW_MS, type MessageClock } from './clock-correction.js';
export { consentOf } from './consent.js';
export {
  INBOUND_EVENT_TYPES,
  type InboundEvent,
  type InboundEventType,
  type JsonObject,
  type JsonValue,
} from './inbound-event.js';
export { formatIssue, type InboundIssue } from './issue.js';
export { escapeKey, unescapeKey } from './key-escaping.js';
export { SEGMENT_LIMITS } from './limits.js';
export { MESSAGE_SCHEMAS } from './message-schema.js';
export { type ParseBatchOptions, type ParsedBatch, parseSegmentBatch } from './parse-segment-batch.js';
export {
  type ParsedMessage,
  type ParseMessageOptions,
  parseSegmentMessage,
} from './parse-segment-message.js';
export { restoreKeys } from './safe-json.js';
export { SEGMENT_NDJSON_FORMAT } from './segment-ndjson-format.js';
export { parseIsoTimestamp, timestampSchema } from './timestamp.js';
