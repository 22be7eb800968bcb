import { type Doc, isDoc, keysOf, type Maybe, type Value } from '../bson/value.js';
import { isNumeric, toNumber } from '../numeric/number.js';

/** Longitude and latitude in degrees, or x and y. */
export type Point = readonly [x: number, y: number];

/** What a geometry is made of. */
export interface Shape {
  readonly points: readonly Point[];
  readonly lines: readonly (readonly Point[])[];
  /** Each with its outer ring first, then its holes; a ring ends where it began. */
  readonly polygons: readonly (readonly (readonly Point[])[])[];
  /** GeoJSON: on the sphere, distances in metres. */
  readonly geoJson: boolean;
}

const NONE: Omit<Shape, 'geoJson'> = { points: [], lines: [], polygons: [] };

/** A coordinate pair, as an array or as a document whose first two fields are numbers. */
export function pointOf(value: Maybe): Point | undefined {
  const pair = Array.isArray(value) ? value : isDoc(value) ? keysOf(value).map((key) => value[key]) : [];
  const [x, y] = pair;
  return isNumeric(x) && isNumeric(y) ? [toNumber(x), toNumber(y)] : undefined;
}

/** A GeoJSON geometry; undefined where the document is none. */
export function geoJsonShape(doc: Doc): Shape | undefined {
  const { type, coordinates, geometries } = doc;
  if (type === 'GeometryCollection' && Array.isArray(geometries)) return collected(geometries);
  const list = Array.isArray(coordinates) ? coordinates : undefined;
  if (!list) return undefined;
  switch (type) {
    case 'Point': {
      const point = pointOf(list);
      return point && onEarth([point]) ? { ...NONE, points: [point], geoJson: true } : undefined;
    }
    case 'MultiPoint': {
      const points = path(list);
      return points && { ...NONE, points, geoJson: true };
    }
    case 'LineString': {
      const line = path(list);
      return line && line.length > 1 ? { ...NONE, lines: [line], geoJson: true } : undefined;
    }
    case 'MultiLineString': {
      const lines = every(list, path);
      return lines && { ...NONE, lines, geoJson: true };
    }
    case 'Polygon': {
      const polygon = rings(list);
      return polygon && { ...NONE, polygons: [polygon], geoJson: true };
    }
    case 'MultiPolygon': {
      const polygons = every(list, rings);
      return polygons && { ...NONE, polygons, geoJson: true };
    }
    default:
      return undefined;
  }
}

function collected(geometries: readonly Value[]): Shape | undefined {
  const shapes = every(geometries, (item) => (isDoc(item) ? geoJsonShape(item) : undefined));
  return (
    shapes && {
      points: shapes.flatMap(({ points }) => points),
      lines: shapes.flatMap(({ lines }) => lines),
      polygons: shapes.flatMap(({ polygons }) => polygons),
      geoJson: true,
    }
  );
}

function every<T>(items: readonly Value[], read: (item: Value) => T | undefined): T[] | undefined {
  const found: T[] = [];
  for (const item of items) {
    const one = read(item);
    if (one === undefined) return undefined;
    found.push(one);
  }
  return found;
}

function path(value: Value): Point[] | undefined {
  const points = Array.isArray(value) ? every(value, pointOf) : undefined;
  return points && onEarth(points) ? points : undefined;
}

/** Closed rings of at least three corners. */
function rings(value: Value): Point[][] | undefined {
  const found = Array.isArray(value) ? every(value, path) : undefined;
  const closed = found?.every((ring) => {
    const [first, last] = [ring[0], ring.at(-1)];
    return ring.length > 3 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
  });
  return found && found.length > 0 && closed ? found : undefined;
}

function onEarth(points: readonly Point[]): boolean {
  return points.every(([lng, lat]) => Math.abs(lng) <= 180 && Math.abs(lat) <= 90);
}

/** The geometries a stored value stands for: GeoJSON, a coordinate pair, or several of them in an array. */
export function shapesOf(value: Maybe): Shape[] {
  if (isDoc(value) && (value['coordinates'] !== undefined || value['geometries'] !== undefined)) {
    const shape = geoJsonShape(value);
    return shape ? [shape] : [];
  }
  const point = pointOf(value);
  if (point) return [{ ...NONE, points: [point], geoJson: false }];
  return Array.isArray(value) ? value.flatMap((item) => shapesOf(item)) : [];
}
