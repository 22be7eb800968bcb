import { type Doc, isDoc, keysOf, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { isNumeric, toNumber } from '../numeric/number.js';
import { geoJsonShape, type Point, pointOf, type Shape, shapesOf } from './shapes.js';
import { angleBetween, angleTo, EARTH_RADIUS, intersects, isWithin } from './sphere.js';

type Test = (value: Maybe) => boolean;

/** Compiles `$geoWithin` and `$geoIntersects`. @throws MongoError BadValue (2) for a region that is none. */
export function compileRegion(name: string, operand: Value): Test {
  if (!isDoc(operand)) throw new MongoError('BadValue', `geometry must be an object: ${name}`);
  const geometry = operand['$geometry'];
  if (geometry !== undefined) {
    const shape = isDoc(geometry) ? geoJsonShape(geometry) : undefined;
    if (!shape) throw new MongoError('BadValue', `unknown GeoJSON type or bad coordinates in ${name}`);
    if (name === '$geoIntersects')
      return (value) => shapesOf(value).some((stored) => intersects(stored, shape));
    if (shape.polygons.length === 0)
      throw new MongoError(
        'BadValue',
        `$geoWithin not supported with provided geometry: ${String(geometry)}`,
      );
    return (value) => shapesOf(value).some((stored) => isWithin(stored, shape));
  }
  if (name === '$geoIntersects')
    throw new MongoError('BadValue', '$geoIntersects not supported with provided geometry');
  const inside = flatRegion(operand);
  return (value) =>
    shapesOf(value).some(
      ({ points, lines, polygons }) =>
        points.length > 0 && lines.length === 0 && polygons.length === 0 && points.every(inside),
    );
}

/** `$box`, `$polygon`, `$center` and `$centerSphere`. */
function flatRegion(operand: Doc): (point: Point) => boolean {
  const [kind = ''] = keysOf(operand);
  const spec = operand[kind];
  const list = Array.isArray(spec) ? spec : isDoc(spec) ? keysOf(spec).map((key) => spec[key] ?? null) : [];
  switch (kind) {
    case '$box':
    case '$polygon': {
      const corners = list.map((corner) => {
        const point = pointOf(corner);
        if (!point) throw new MongoError('BadValue', 'Point must be an array or object');
        return point;
      });
      return kind === '$box' ? box(corners) : (point) => inFlatRing(point, corners);
    }
    case '$center':
    case '$centerSphere': {
      const centre = pointOf(list[0]);
      const radius = isNumeric(list[1]) ? toNumber(list[1]) : -1;
      if (!centre || radius < 0) throw new MongoError('BadValue', 'radius must be a non-negative number');
      return kind === '$center'
        ? (point) => Math.hypot(point[0] - centre[0], point[1] - centre[1]) <= radius
        : (point) => angleBetween(point, centre) <= radius;
    }
    default:
      throw new MongoError('BadValue', `unknown geo specifier: ${kind}`);
  }
}

function box([a, b]: readonly Point[]): (point: Point) => boolean {
  if (!a || !b) throw new MongoError('BadValue', 'Point must be an array or object');
  const within = (value: number, from: number, to: number): boolean =>
    value >= Math.min(from, to) && value <= Math.max(from, to);
  return ([x, y]) => within(x, a[0], b[0]) && within(y, a[1], b[1]);
}

/** In the plane; the edge belongs to it. */
function inFlatRing([x, y]: Point, corners: readonly Point[]): boolean {
  let inside = false;
  for (const [i, [ax, ay]] of corners.entries()) {
    const [bx, by] = corners.at(i - 1) ?? [ax, ay];
    const side = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    const between = (x - ax) * (x - bx) <= 0 && (y - ay) * (y - by) <= 0;
    if (side === 0 && between) return true;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** A compiled `$near`: how far a stored value is, undefined where that is beyond the bounds or there is no place. */
export interface Near {
  distance(value: Maybe): number | undefined;
}

export interface NearOptions {
  readonly name: string;
  readonly operand: Value;
  /** The condition `$near` stands in, which may hold `$maxDistance`. */
  readonly beside: Doc;
  /** There is a `2d` index and no `2dsphere`: pairs are places in a plane. */
  readonly flat: boolean;
}

/** Compiles `$near` and `$nearSphere`. @throws MongoError BadValue (2) */
export function compileNear({ name, operand, beside, flat }: NearOptions): Near {
  const inner = isDoc(operand) && operand['$geometry'] !== undefined ? operand : beside;
  const place = isDoc(operand) ? (operand['$geometry'] ?? operand) : operand;
  const shape = isDoc(place) && place['coordinates'] !== undefined ? geoJsonShape(place) : undefined;
  const point = shape?.points[0] ?? pointOf(place);
  if (!point || (shape && shape.points.length !== 1))
    throw new MongoError('BadValue', `invalid point in geo near query $geometry argument: ${name}`);
  const [min, max] = [
    bound(inner, '$minDistance') ?? 0,
    bound(inner, '$maxDistance') ?? Number.POSITIVE_INFINITY,
  ];
  const measure = shape ? 'metres' : flat && name === '$near' ? 'plane' : 'radians';
  const from = distanceFrom(point, measure);
  return {
    distance: (value) => {
      const distances = shapesOf(value).map(from);
      if (distances.length === 0) return undefined;
      const nearest = Math.min(...distances);
      return nearest >= min && nearest <= max ? nearest : undefined;
    },
  };
}

/** How far a shape is from a place: in metres or radians on the sphere, or in the units of the plane. */
export function distanceFrom(
  point: Point,
  measure: 'metres' | 'radians' | 'plane',
): (shape: Shape) => number {
  if (measure === 'plane')
    return ({ points }) => Math.min(...points.map(([x, y]) => Math.hypot(x - point[0], y - point[1])));
  const radius = measure === 'metres' ? EARTH_RADIUS : 1;
  return (shape) => angleTo(point, shape) * radius;
}

function bound(source: Doc, name: string): number | undefined {
  const value = source[name];
  if (value === undefined) return undefined;
  if (!isNumeric(value) || toNumber(value) < 0)
    throw new MongoError('BadValue', `${name.slice(1)} must be a non-negative number`);
  return toNumber(value);
}
