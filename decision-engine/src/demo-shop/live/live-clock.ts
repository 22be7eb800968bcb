/** Maps the world's time, which may run faster, onto the clock on the wall. Milliseconds since 1970. */
export type LiveClock = {
  /** When something of the world's time is due on the wall. */
  readonly due: (worldTime: number) => number;
};

export type LiveClockStart = {
  readonly wall: number;
  readonly world: number;
  /** World seconds in a second. */
  readonly speed: number;
};

export function createLiveClock({ wall, world, speed }: LiveClockStart): LiveClock {
  if (!(speed > 0) || !Number.isFinite(speed)) {
    throw new RangeError(`Expected "speed" to be above 0, got ${speed}`);
  }
  return { due: (worldTime) => wall + (worldTime - world) / speed };
}
