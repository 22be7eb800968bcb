import { cloneValue, type Doc, isDoc, type Maybe, type Value } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { distanceFrom } from '../../geo/geo-conditions.js';
import { geoJsonShape, pointOf, type Shape, shapesOf } from '../../geo/shapes.js';
import { double, isNumeric, toNumber, truthy } from '../../numeric/number.js';
import { splitPath, visitPath } from '../../query/path.js';
import type { IndexSpec } from '../../storage/index-spec.js';
import { placeOf } from '../../update/locate.js';
import type { Stage } from '../flow.js';
import { PAUSE } from '../flow.js';
import { docOperand } from './compiler.js';

/** A `$geoNear`: the filter of its documents, and what orders them and adds the distance. */
export interface GeoNear {
  readonly query: Doc | undefined;
  readonly run: Stage;
}

/** Compiles `$geoNear`. @throws MongoError IndexNotFound (27) without an index to take the place from. */
export function geoNear(
  operand: Value,
  collection: { readonly indexes: readonly { readonly spec: IndexSpec }[] } | undefined,
): GeoNear {
  const spec = docOperand(operand, '$geoNear', 10065);
  const { near, distanceField, includeLocs, query, key } = spec;
  if (distanceField !== undefined && typeof distanceField !== 'string')
    throw new MongoError('TypeMismatch', "$geoNear requires that the 'distanceField' option is a String");
  const shape = isDoc(near) && near['coordinates'] !== undefined ? geoJsonShape(near) : undefined;
  const point = shape?.points[0] ?? pointOf(near);
  if (!point) throw new MongoError(5860401, '$geoNear requires near argument to be an array or object');
  const { path, plugin } = placeField(key, collection);
  const spherical = shape !== undefined || truthy(spec['spherical']) || plugin === '2dsphere';
  const measure = distanceFrom(point, shape ? 'metres' : spherical ? 'radians' : 'plane');
  const factor = number(spec['distanceMultiplier']) ?? 1;
  const [min, max] = [
    number(spec['minDistance']) ?? 0,
    number(spec['maxDistance']) ?? Number.POSITIVE_INFINITY,
  ];
  return {
    query: isDoc(query) ? query : undefined,
    run: function* (input) {
      const found: { doc: Doc; distance: number; place: Value }[] = [];
      for (const doc of input) {
        if (doc === PAUSE) yield PAUSE;
        else {
          const nearest = closest(doc, splitPath(path), measure);
          if (nearest && nearest.distance >= min && nearest.distance <= max) found.push({ doc, ...nearest });
        }
      }
      found.sort((a, b) => a.distance - b.distance);
      for (const { doc, distance, place } of found) {
        const result = cloneValue(doc);
        if (distanceField !== undefined)
          placeOf(result, splitPath(distanceField)).set(double(distance * factor));
        if (typeof includeLocs === 'string') placeOf(result, splitPath(includeLocs)).set(place);
        yield result;
      }
    },
  };
}

function number(value: Maybe): number | undefined {
  return isNumeric(value) ? toNumber(value) : undefined;
}

function closest(
  doc: Doc,
  parts: readonly string[],
  measure: (shape: Shape) => number,
): { distance: number; place: Value } | undefined {
  let best: { distance: number; place: Value } | undefined;
  visitPath(doc, parts, (value) => {
    for (const shape of shapesOf(value)) {
      const distance = measure(shape);
      if (value !== undefined && (!best || distance < best.distance)) best = { distance, place: value };
    }
    return false;
  });
  return best;
}

/** The field the place is in: the one named, or that of the only geospatial index. */
function placeField(
  key: Maybe,
  collection: Parameters<typeof geoNear>[1],
): { path: string; plugin: IndexSpec['plugin'] } {
  const places = (collection?.indexes ?? []).flatMap(({ spec }) =>
    spec.fields
      .filter(({ path }) => spec.key[path] === '2d' || spec.key[path] === '2dsphere')
      .map(({ path }) => ({ path, plugin: spec.plugin })),
  );
  const [first] = places;
  if (!collection) return { path: typeof key === 'string' ? key : '', plugin: '2dsphere' };
  const chosen = typeof key === 'string' ? places.find(({ path }) => path === key) : first;
  if (!chosen)
    throw new MongoError('IndexNotFound', '$geoNear requires a 2d or 2dsphere index, but none were found');
  const kinds = places.filter(({ plugin }) => plugin === chosen.plugin);
  if (typeof key !== 'string' && kinds.length > 1)
    throw new MongoError(
      'IndexNotFound',
      `There is more than one ${chosen.plugin} index on this collection; unsure which to use for $geoNear`,
    );
  return chosen;
}
