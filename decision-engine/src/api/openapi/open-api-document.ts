import type { z } from 'zod';
import type { Endpoint } from '../rest/endpoint.js';
import { errorBody } from '../shapes/error.js';
import { health } from '../shapes/health.js';
import { STORABLE_JSON_COMPONENTS } from '../shapes/json-value.js';
import { errorAnswers, errorsOf, type OpenApiResponse, SUCCESS_HEADERS } from './error-answers.js';
import { COMPONENTS, inlineJsonSchema, type JsonSchema, jsonSchemasOf } from './json-schemas.js';

type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
};

type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required: true;
    readonly content: { readonly 'application/json': { readonly schema: JsonSchema } };
  };
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
};

export type OpenApiDocument = {
  readonly openapi: '3.1.0';
  readonly info: Readonly<Record<string, unknown>>;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
};

const TAGS = [
  {
    name: 'events',
    description: 'What customers do, in the Segment spec. They are in the profiles when the answer leaves.',
  },
  { name: 'decisions', description: 'What to do next for a customer, and why.' },
  { name: 'outcomes', description: 'What came of it.' },
  { name: 'customers', description: 'Profiles and timelines.' },
  { name: 'catalogue', description: 'Actions, policies and segments, as revisions with drafts.' },
  { name: 'models', description: 'What scores customers: versions, figures, drift, promotion.' },
  { name: 'measures', description: 'What came of it: figures with samples and intervals, experiments.' },
  { name: 'service', description: 'How the engine is, and this specification.' },
];

const IDEMPOTENCY_KEY: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A repeat with the same key within 24 hours gets the first answer again, and nothing is done twice.',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]([ -~]*[!-~])?$' },
};

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Names of schemas: a schema that several operations share is named by the first of them. */
type Names = ReadonlyMap<z.ZodType, string>;

function nameSchemas(
  endpoints: readonly Endpoint[],
  part: 'input' | 'answer',
  ending: string,
): Map<z.ZodType, string> {
  const names = new Map<z.ZodType, string>();
  for (const endpoint of endpoints) {
    const schema = endpoint[part];
    if (!names.has(schema)) names.set(schema, `${capitalised(endpoint.operationId)}${ending}`);
  }
  return names;
}

function reference(names: Names, schema: z.ZodType): JsonSchema {
  const name = names.get(schema);
  return name === undefined ? {} : { $ref: COMPONENTS + name };
}

const byName = (names: Names): Map<string, z.ZodType> =>
  new Map([...names].map(([schema, name]) => [name, schema]));

/** Whether the whole input is the body: nothing of it stands in the path or the query. */
function isAllBody({ method, path }: Endpoint): boolean {
  return method !== 'GET' && !path.includes('{');
}

function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

/** Splits an input into what stands in the path, in the query and in the body. */
function inputParts(endpoint: Endpoint, requests: Names): Pick<Operation, 'parameters' | 'requestBody'> {
  const inPath = pathParameters(endpoint.path);
  const isGet = endpoint.method === 'GET';
  const more = endpoint.once === true ? [IDEMPOTENCY_KEY] : [];
  if (isAllBody(endpoint)) {
    const schema = reference(requests, endpoint.input);
    return { parameters: more, requestBody: { required: true, content: { 'application/json': { schema } } } };
  }
  const {
    properties = {},
    required = [],
    ...rest
  } = inlineJsonSchema(endpoint.input, { io: 'input', closed: true });
  const schemaOf = (name: string): JsonSchema => {
    const schema = properties[name];
    return typeof schema === 'object' ? schema : {};
  };
  const parameter = (name: string): Parameter => ({
    name,
    in: inPath.includes(name) ? 'path' : 'query',
    required: inPath.includes(name) || required.includes(name),
    schema: schemaOf(name),
  });
  const others = Object.keys(properties).filter((name) => !inPath.includes(name));
  if (isGet) return { parameters: [...inPath, ...others].map(parameter) };
  const schema = {
    ...rest,
    properties: Object.fromEntries(others.map((name) => [name, schemaOf(name)])),
    required: required.filter((name) => !inPath.includes(name)),
  };
  return {
    parameters: [...inPath.map(parameter), ...more],
    ...(others.length === 0
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema } } } }),
  };
}

function operationOf(
  endpoint: Endpoint,
  { requests, answers }: { readonly requests: Names; readonly answers: Names },
): Operation {
  const { operationId, summary, tag, scope, twin } = endpoint;
  return {
    operationId,
    summary,
    description: `Needs the scope \`${scope}\`. The same over tRPC: \`${twin}\`.`,
    tags: [tag],
    security: [{ bearer: [] }, { basic: [] }],
    ...inputParts(endpoint, requests),
    responses: {
      '200': {
        description: 'Done.',
        headers: SUCCESS_HEADERS,
        content: { 'application/json': { schema: reference(answers, endpoint.answer) } },
      },
      ...errorAnswers(errorsOf(endpoint)),
    },
  };
}

/** What answers before the engine is ready, and without a key. */
function serviceOperations(): OpenApiDocument['paths'] {
  const json = (description: string, schema: JsonSchema): OpenApiResponse => ({
    description,
    content: { 'application/json': { schema } },
  });
  const healthSchema = { $ref: `${COMPONENTS}Health` };
  return {
    '/healthz': {
      get: {
        operationId: 'getHealth',
        summary: 'Say whether decisions can be served',
        tags: ['service'],
        responses: { '200': json('Ready.', healthSchema), '503': json('Still starting.', healthSchema) },
      },
    },
    '/openapi.json': {
      get: {
        operationId: 'getSpecification',
        summary: 'Read this specification',
        tags: ['service'],
        responses: { '200': json('OpenAPI 3.1.', { type: 'object' }) },
      },
    },
  };
}

/**
 * The specification of the REST API, from the very schemas that parse its requests.
 * @param closed whether answers are described as having no other fields, as tests want it
 */
export function openApiDocument(
  endpoints: readonly Endpoint[],
  { closed = false }: { readonly closed?: boolean } = {},
): OpenApiDocument {
  const requests = nameSchemas(endpoints.filter(isAllBody), 'input', 'Request');
  const answers = nameSchemas(endpoints, 'answer', 'Answer');
  const paths: Record<string, Record<string, Operation>> = {};
  for (const endpoint of endpoints) {
    const operation = operationOf(endpoint, { requests, answers });
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation };
  }
  const answered = new Map([...byName(answers), ['Error', errorBody] as const, ['Health', health] as const]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Segue',
      version: '1',
      description: 'Decides what to do next for each customer, explains why, and carries it out.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    tags: TAGS,
    paths: { ...paths, ...serviceOperations() },
    components: {
      schemas: {
        ...jsonSchemasOf(byName(requests), { io: 'input', closed }),
        ...STORABLE_JSON_COMPONENTS,
        ...jsonSchemasOf(answered, { io: 'output', closed }),
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key.' },
        basic: { type: 'http', scheme: 'basic', description: 'An API key as the user, no password.' },
      },
    },
  };
}
