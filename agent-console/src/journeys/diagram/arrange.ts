import type { WayArrow } from './diagram-model';
import { type Box, type LaidOut, layOut, type Point } from './lay-out';

const LABEL_HEIGHT = 20;
/** Roughly what a character of a label takes; names longer than the rest are cut by the layout anyway. */
const CHARACTER = 6.4;
const NOWHERE: Point = { x: 0, y: 0 };

/** Where all boxes and arrows are, and how much room they take together, in pixels at full size. */
export type Arrangement = LaidOut & { width: number; height: number };

/** The layout with room for the words on the arrows, before anybody moves a box. */
export function arrange(boxes: readonly Box[], arrows: readonly WayArrow[]): LaidOut {
  const lines = arrows.map(({ id, from, to, text }) => ({
    id,
    from,
    to,
    labelWidth: text.length * CHARACTER + 12,
    labelHeight: LABEL_HEIGHT,
  }));
  return layOut(boxes, lines);
}

type Moved = {
  boxes: readonly Box[];
  arrows: readonly WayArrow[];
  laid: LaidOut;
  /** Where somebody dragged a box to, by id. */
  moved: ReadonlyMap<string, Point>;
};

/** The layout with some boxes elsewhere; arrows bend along, the more the nearer to a moved end. */
export function withMoved({ boxes, arrows, laid, moved }: Moved): Arrangement {
  const shift = (id: string): Point => {
    const from = laid.boxes.get(id);
    const to = moved.get(id);
    return from === undefined || to === undefined ? NOWHERE : { x: to.x - from.x, y: to.y - from.y };
  };
  const placed = new Map(boxes.map(({ id }) => [id, moved.get(id) ?? laid.boxes.get(id) ?? NOWHERE]));
  const drawn = new Map(
    arrows.flatMap(({ id, from, to }) => {
      const line = laid.arrows.get(id);
      if (line === undefined) return [];
      const start = shift(from);
      const end = shift(to);
      const last = Math.max(line.points.length - 1, 1);
      const points = line.points.map((point, index) => between({ point, start, end, share: index / last }));
      const label = between({ point: line.label, start, end, share: 0.5 });
      return [[id, { points, label }] as const];
    }),
  );
  const corners = boxes.map(({ id, width, height }) => {
    const { x, y } = placed.get(id) ?? NOWHERE;
    return { x: x + width, y: y + height };
  });
  const bends = [...drawn.values()].flatMap(({ points }) => points);
  const reach = [...corners, ...bends];
  return {
    boxes: placed,
    arrows: drawn,
    width: Math.max(0, ...reach.map(({ x }) => x)),
    height: Math.max(0, ...reach.map(({ y }) => y)),
  };
}

type Shift = { point: Point; start: Point; end: Point; share: number };

function between({ point, start, end, share }: Shift): Point {
  return {
    x: point.x + start.x * (1 - share) + end.x * share,
    y: point.y + start.y * (1 - share) + end.y * share,
  };
}
