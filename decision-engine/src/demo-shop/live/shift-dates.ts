import type { JsonObject, JsonValue } from '@segue/models';

/** The dates that promise something, which move with the clock of the world that is being played. */
const PROMISES = new Set(['estimated_delivery', 'previous_estimate']);

/** The same properties with every promised date moved by so many milliseconds. */
export function shiftDates(properties: JsonObject, by: number): JsonObject {
  const moved = ([key, value]: [string, JsonValue]): [string, JsonValue] =>
    PROMISES.has(key) && typeof value === 'string'
      ? [key, new Date(Date.parse(value) + by).toISOString()]
      : [key, value];
  return Object.fromEntries(Object.entries(properties).map(moved));
}
