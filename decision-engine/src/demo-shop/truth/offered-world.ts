import type { Moment } from '../behaviour/life.js';
import type { World } from '../behaviour/live-life.js';

export type LabelledWorld = {
  readonly seed: number;
  readonly customers: number;
  readonly start: Date;
  readonly end: Date;
  /** The days at which all tastes turn at once. */
  readonly tasteShifts?: readonly Date[];
  /** Actions, by id, that the shop has only from a moment on; it has all others from the start. */
  readonly newActions?: Readonly<Record<string, Date>>;
};

export function plainWorld(world: LabelledWorld): World {
  return {
    seed: world.seed,
    start: world.start.getTime(),
    end: world.end.getTime(),
    tasteShifts: (world.tasteShifts ?? []).map((at) => at.getTime()),
  };
}

/** The moment with only those candidates that the shop has by then. */
export function withActionsOf(world: LabelledWorld, moment: Moment): Moment {
  const { newActions } = world;
  if (newActions === undefined) return moment;
  const candidates = moment.candidates.filter(
    ({ id }) => (newActions[id]?.getTime() ?? moment.at) <= moment.at,
  );
  return { ...moment, candidates };
}
