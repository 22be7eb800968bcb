import { ApiError } from '../api-error.js';
import { inlineJsonSchema } from '../openapi/json-schemas.js';
import type { Endpoint } from './endpoint.js';

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A number where text of path or query stands for one; anything else is left for the schema to refuse. */
function numberIn(text: unknown): unknown {
  return typeof text === 'string' && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

/**
 * Puts what came in path, query and body into the one object that the endpoint's schema parses. Text that stands for a
 * number in path and query becomes one.
 */
export function rawInputReader(
  endpoint: Pick<Endpoint, 'method' | 'input' | 'path'>,
): (request: { readonly params: unknown; readonly query: unknown; readonly body: unknown }) => unknown {
  const hasParams = endpoint.path.includes('{');
  if (endpoint.method !== 'GET' && !hasParams) return ({ body }) => body;
  const properties = Object.entries(
    inlineJsonSchema(endpoint.input, { io: 'input', closed: true }).properties ?? {},
  );
  const numbers = new Set(
    properties.flatMap(([name, schema]) =>
      typeof schema === 'object' && (schema.type === 'integer' || schema.type === 'number') ? [name] : [],
    ),
  );
  const fromText = (values: unknown) =>
    Object.entries(isRecord(values) ? values : {}).map(([name, value]) => [
      name,
      numbers.has(name) ? numberIn(value) : value,
    ]);
  return ({ params, query, body }) => {
    if (endpoint.method === 'GET') return Object.fromEntries([...fromText(query), ...fromText(params)]);
    if (body !== undefined && body !== null && !isRecord(body))
      throw new ApiError('invalid_request', 'The request: expected an object');
    return { ...body, ...Object.fromEntries(fromText(params)) };
  };
}
