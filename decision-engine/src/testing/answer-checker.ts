import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenApiDocument } from '../api/openapi/open-api-document.js';

export type Answered = {
  readonly method: string;
  /** With or without a query. */
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
};

function pathPattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
}

/**
 * Holds real answers against a specification.
 * @returns what is wrong with an answer: an address, a status, a type or a body that isn't documented; empty = nothing
 */
export function createAnswerChecker(document: OpenApiDocument): (answered: Answered) => string[] {
  // The formats of the specification are checked; words that only OpenAPI knows are not for ajv.
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ ...document, $id: 'https://segue.invalid/openapi' });
  const patterns = Object.keys(document.paths).map((path) => ({ path, pattern: pathPattern(path) }));

  return ({ method, url, status, headers, body }) => {
    const pathname = url.split('?', 1)[0] ?? '';
    // An address that is written out wins over one with a parameter.
    const matching = patterns.filter(({ pattern }) => pattern.test(pathname));
    const path = matching.find((each) => each.path === pathname)?.path ?? matching[0]?.path;
    if (path === undefined) return status === 404 ? [] : [`${pathname} is not documented`];
    const verb = method.toLowerCase();
    const operation = document.paths[path]?.[verb];
    if (operation === undefined) return status === 405 ? [] : [`${method} ${path} is not documented`];
    const type = headers.get('content-type')?.split(';', 1)[0] ?? 'none';
    const schema = operation.responses[String(status)]?.content?.[type]?.schema;
    if (schema === undefined) return [`${method} ${path} with ${status} ${type} is not documented`];
    const pointer = ['paths', path, verb, 'responses', String(status), 'content', type, 'schema']
      .map((step) => encodeURIComponent(step.replace(/~/g, '~0').replace(/\//g, '~1')))
      .join('/');
    const validate = ajv.getSchema(`https://segue.invalid/openapi#/${pointer}`);
    if (validate === undefined) return [`${method} ${path} with ${status} has no schema that can be read`];
    if (validate(body) === true) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${method} ${path} ${status}: ${instancePath || 'the body'} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  };
}
