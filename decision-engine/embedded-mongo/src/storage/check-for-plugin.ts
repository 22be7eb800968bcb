import { show } from '../bson/show.js';
import { type Doc, isDoc } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { geoJsonShape } from '../geo/shapes.js';
import { valueAt } from '../query/path.js';
import { LANGUAGES } from '../text/tokens.js';
import type { IndexSpec } from './index-spec.js';

/**
 * Refuses what a text or geospatial index could not hold.
 * @throws MongoError 16755 for a geometry that is none, 17262 for a language whose words are not known
 */
export function checkForPlugin(spec: IndexSpec, doc: Doc): void {
  if (spec.plugin === '2dsphere') {
    for (const { path, parts } of spec.fields) {
      const value = spec.key[path] === '2dsphere' ? valueAt(doc, parts) : undefined;
      const isGeometry =
        isDoc(value) && (value['coordinates'] !== undefined || value['geometries'] !== undefined);
      if (isGeometry && !geoJsonShape(value))
        throw new MongoError(
          16755,
          `Can't extract geo keys: ${show(doc)} unknown GeoJSON type or bad coordinates: ${show(value)}`,
        );
    }
  } else if (spec.plugin === 'text') {
    const language = doc[String(spec.options['language_override'] ?? 'language')];
    if (typeof language === 'string' && !LANGUAGES.has(language.toLowerCase()))
      throw new MongoError(17262, `language override unsupported: ${language}`);
  }
}
