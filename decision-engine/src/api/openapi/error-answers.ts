import { ERRORS, type ErrorCode } from '../error-catalogue.js';
import type { Endpoint } from '../rest/endpoint.js';
import { COMPONENTS, type JsonSchema } from './json-schemas.js';

/** Every error that an endpoint may answer with. */
export function errorsOf(endpoint: Endpoint): ErrorCode[] {
  const hasBody = endpoint.method !== 'GET';
  return [
    'invalid_request',
    ...(hasBody ? (['malformed_json', 'unsupported_media_type'] as const) : []),
    ...(hasBody ? [endpoint.largest?.code ?? ('body_too_large' as const)] : []),
    ...(endpoint.once === true ? (['request_in_progress', 'idempotency_key_reused'] as const) : []),
    'not_authenticated',
    'not_allowed',
    'too_many_requests',
    ...endpoint.errors,
    'internal',
    'not_ready',
  ];
}

export type OpenApiResponse = {
  readonly description: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
};

const whole = (description: string) => ({ description, schema: { type: 'integer', minimum: 0 } });
const text = (description: string) => ({ description, schema: { type: 'string' } });

const ALLOWANCE_HEADERS = {
  RateLimit: text('What this API key may still ask for: `"key";r=requests;t=seconds until more`.'),
  'RateLimit-Policy': text('What it may ask for in all: `"key";q=requests;w=seconds`.'),
};

function headersOf(status: number): Readonly<Record<string, unknown>> {
  if (status === 401) return { 'WWW-Authenticate': text('How to say who you are.') };
  if (status === 429) return { ...ALLOWANCE_HEADERS, 'Retry-After': whole('Seconds to wait.') };
  return {};
}

/** What a call that went well carries besides its body. */
export const SUCCESS_HEADERS = ALLOWANCE_HEADERS;

/** Error answers by status, each with the codes it may carry. */
export function errorAnswers(codes: readonly ErrorCode[]): Record<string, OpenApiResponse> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const answers = [...byStatus].sort(([a], [b]) => a - b);
  return Object.fromEntries(
    answers.map(([status, those]) => [
      String(status),
      {
        description: those.map((code) => `\`${code}\`: ${ERRORS[code].when}`).join('\n\n'),
        headers: headersOf(status),
        content: {
          'application/json': {
            schema: {
              allOf: [{ $ref: `${COMPONENTS}Error` }],
              properties: { error: { properties: { code: { enum: [...those] } } } },
            },
          },
        },
      },
    ]),
  );
}
