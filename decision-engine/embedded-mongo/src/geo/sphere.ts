import type { Point, Shape } from './shapes.js';

/** The radius MongoDB reckons with, in metres. */
export const EARTH_RADIUS = 6_378_100;
/** Angles below this, in radians (less than a centimetre), are none. */
const EPSILON = 1e-9;

type Vector = readonly [number, number, number];

function vectorOf([lng, lat]: Point): Vector {
  const [lambda, phi] = [(lng * Math.PI) / 180, (lat * Math.PI) / 180];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function length(a: Vector): number {
  return Math.sqrt(dot(a, a));
}

function unit(a: Vector): Vector {
  const size = length(a);
  return [a[0] / size, a[1] / size, a[2] / size];
}

function angle(a: Vector, b: Vector): number {
  return Math.atan2(length(cross(a, b)), dot(a, b));
}

/** The angle between two places, in radians. */
export function angleBetween(a: Point, b: Point): number {
  return angle(vectorOf(a), vectorOf(b));
}

function isBetween(point: Vector, [a, b]: readonly [Vector, Vector], normal: Vector): boolean {
  return dot(cross(a, point), normal) >= -EPSILON && dot(cross(point, b), normal) >= -EPSILON;
}

/** The angle from a place to the nearest point of the shorter arc between two others. */
function angleToArc(point: Vector, a: Vector, b: Vector): number {
  const normal = cross(a, b);
  if (length(normal) < EPSILON) return Math.min(angle(point, a), angle(point, b));
  const pole = unit(normal);
  const height = dot(point, pole);
  const foot: Vector = [
    point[0] - height * pole[0],
    point[1] - height * pole[1],
    point[2] - height * pole[2],
  ];
  if (length(foot) > EPSILON && isBetween(unit(foot), [a, b], pole)) return Math.abs(Math.asin(height));
  return Math.min(angle(point, a), angle(point, b));
}

type Arc = readonly [Vector, Vector];

function arcsOf(line: readonly Point[]): Arc[] {
  const vectors = line.map(vectorOf);
  return vectors.slice(1).map((to, i) => [vectors[i] ?? to, to]);
}

function arcsCross([a, b]: Arc, [c, d]: Arc): boolean {
  const [first, second] = [cross(a, b), cross(c, d)];
  const line = cross(first, second);
  if (length(line) < EPSILON)
    return (
      [a, b].some((p) => angleToArc(p, c, d) < EPSILON) || [c, d].some((p) => angleToArc(p, a, b) < EPSILON)
    );
  const one = unit(line);
  const other: Vector = [-one[0], -one[1], -one[2]];
  return [one, other].some((p) => isBetween(p, [a, b], unit(first)) && isBetween(p, [c, d], unit(second)));
}

type Polygon = Shape['polygons'][number];

/** Whether a place lies inside a ring smaller than half the sphere, or on it. */
function inRing(point: Vector, ring: readonly Point[]): boolean {
  const corners = ring.map(vectorOf);
  if (arcsOf(ring).some(([a, b]) => angleToArc(point, a, b) < EPSILON)) return true;
  const centre: Vector = corners.reduce<Vector>(
    (sum, [x, y, z]) => [sum[0] + x, sum[1] + y, sum[2] + z],
    [0, 0, 0],
  );
  if (dot(point, centre) <= 0) return false;
  // The directions to the corners, seen from the place, turn once around it when it is inside.
  const east = unit(Math.abs(point[2]) > 0.9 ? cross([1, 0, 0], point) : cross([0, 0, 1], point));
  const north = cross(point, east);
  const headings = corners.map((corner) => Math.atan2(dot(corner, north), dot(corner, east)));
  let turned = 0;
  for (const [i, heading] of headings.slice(1).entries()) {
    const step = heading - (headings[i] ?? heading);
    turned += step > Math.PI ? step - 2 * Math.PI : step < -Math.PI ? step + 2 * Math.PI : step;
  }
  return Math.abs(turned) > Math.PI;
}

function inPolygon(point: Vector, [outer, ...holes]: Polygon): boolean {
  return outer !== undefined && inRing(point, outer) && !holes.some((hole) => inRing(point, hole));
}

function arcsOfShape({ lines, polygons }: Shape): Arc[] {
  return [...lines, ...polygons.flat()].flatMap(arcsOf);
}

function cornersOf({ points, lines, polygons }: Shape): Vector[] {
  return [...points, ...lines.flat(), ...polygons.flat(2)].map(vectorOf);
}

/** Whether all of a shape lies inside the polygons of a region. */
export function isWithin(shape: Shape, region: Shape): boolean {
  const corners = cornersOf(shape);
  const rings = region.polygons.flat().flatMap(arcsOf);
  return (
    corners.length > 0 &&
    region.polygons.some((polygon) => corners.every((corner) => inPolygon(corner, polygon))) &&
    !arcsOfShape(shape).some((arc) => rings.some((edge) => crossesInside(arc, edge)))
  );
}

/** Crosses, and does not only touch. */
function crossesInside(arc: Arc, edge: Arc): boolean {
  return (
    arcsCross(arc, edge) &&
    ![...arc].some((p) => angleToArc(p, ...edge) < EPSILON) &&
    ![...edge].some((p) => angleToArc(p, ...arc) < EPSILON)
  );
}

/** Whether two shapes have a place in common. */
export function intersects(a: Shape, b: Shape): boolean {
  const [arcsA, arcsB] = [arcsOfShape(a), arcsOfShape(b)];
  const touches = (points: readonly Point[], shape: Shape, arcs: readonly Arc[]): boolean =>
    points
      .map(vectorOf)
      .some(
        (point) =>
          shape.points.some((other) => angle(point, vectorOf(other)) < EPSILON) ||
          arcs.some(([from, to]) => angleToArc(point, from, to) < EPSILON) ||
          shape.polygons.some((polygon) => inPolygon(point, polygon)),
      );
  const covers = (shape: Shape, other: Shape): boolean =>
    cornersOf(other).some((corner) => shape.polygons.some((polygon) => inPolygon(corner, polygon)));
  return (
    touches(a.points, b, arcsB) ||
    touches(b.points, a, arcsA) ||
    covers(a, b) ||
    covers(b, a) ||
    arcsA.some((arc) => arcsB.some((other) => arcsCross(arc, other)))
  );
}

/** The angle from a place to the nearest point of a shape, in radians; 0 inside a polygon. */
export function angleTo(place: Point, shape: Shape): number {
  const point = vectorOf(place);
  if (shape.polygons.some((polygon) => inPolygon(point, polygon))) return 0;
  return Math.min(
    ...shape.points.map((other) => angle(point, vectorOf(other))),
    ...arcsOfShape(shape).map(([from, to]) => angleToArc(point, from, to)),
  );
}
