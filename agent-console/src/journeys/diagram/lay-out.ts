import dagre from '@dagrejs/dagre';

export type Box = { id: string; width: number; height: number };
export type Arrow = { id: string; from: string; to: string; labelWidth: number; labelHeight: number };
export type Point = { x: number; y: number };
export type LaidOut = {
  /** Upper left corners, by id. */
  boxes: ReadonlyMap<string, Point>;
  /** The bends of each arrow from box to box, and the middle of its label. */
  arrows: ReadonlyMap<string, { points: readonly Point[]; label: Point }>;
};

/** Places boxes in layers from above, with room for what is written on the arrows between them. */
export function layOut(boxes: readonly Box[], arrows: readonly Arrow[]): LaidOut {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 28, edgesep: 16, ranksep: 36 });
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  for (const { id, from, to, labelWidth, labelHeight } of arrows) {
    graph.setEdge(from, to, { width: labelWidth, height: labelHeight, labelpos: 'c' }, id);
  }
  dagre.layout(graph);
  const placed = new Map<string, Point>();
  for (const { id, width, height } of boxes) {
    const { x, y } = graph.node(id);
    placed.set(id, { x: x - width / 2, y: y - height / 2 });
  }
  const drawn = new Map<string, { points: readonly Point[]; label: Point }>();
  for (const { id, from, to } of arrows) {
    const edge: { points?: readonly Point[]; x?: number; y?: number } = graph.edge(from, to, id);
    const points = edge.points ?? [];
    const middle = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 };
    drawn.set(id, { points, label: { x: edge.x ?? middle.x, y: edge.y ?? middle.y } });
  }
  return { boxes: placed, arrows: drawn };
}

/** A line through the points that bends softly. */
function softPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  const bends = rest.slice(0, -1).map((bend, index) => {
    const next = rest[index + 1] ?? last;
    return `Q ${bend.x} ${bend.y} ${(bend.x + next.x) / 2} ${(bend.y + next.y) / 2}`;
  });
  return [`M ${first.x} ${first.y}`, ...bends, `L ${last.x} ${last.y}`].join(' ');
}

/** Half of what an arrow's head is wide, and all it is long. */
const HEAD = { half: 4, length: 7 };

/** An arrow through the points as SVG writes it: the line up to the head, and the head; '' where there is none. */
export function arrowPaths(points: readonly Point[]): { line: string; head: string } {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (tip === undefined || before === undefined) return { line: softPath(points), head: '' };
  const far = Math.hypot(tip.x - before.x, tip.y - before.y);
  if (far <= HEAD.length) return { line: softPath(points), head: '' };
  const along = { x: (tip.x - before.x) / far, y: (tip.y - before.y) / far };
  const foot = { x: tip.x - along.x * HEAD.length, y: tip.y - along.y * HEAD.length };
  const side = { x: -along.y * HEAD.half, y: along.x * HEAD.half };
  const head = [
    `M ${tip.x} ${tip.y}`,
    `L ${foot.x + side.x} ${foot.y + side.y}`,
    `L ${foot.x - side.x} ${foot.y - side.y} Z`,
  ].join(' ');
  return { line: softPath([...points.slice(0, -1), foot]), head };
}
