import type { InboundEventType } from '@segue/integrations';
import type { FastifyContextConfig } from 'fastify';
import type { z } from 'zod';
import type { ApiKeyScope } from '../../access/api-key-document.js';
import type { Call } from '../call.js';
import type { ErrorCode } from '../error-catalogue.js';
import { parseRequest } from '../parse-request.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One address of the REST API: what routes are laid out from, and what the specification is written from. */
export type Endpoint = {
  readonly method: Method;
  /** As OpenAPI writes it: `/v1/decisions/{decisionId}`. */
  readonly path: string;
  /** Unique; generated clients name their functions by it. */
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly scope: ApiKeyScope;
  /** Path parameters, query and body in one object: a GET's other fields are its query, anything else's are its body. */
  readonly input: z.ZodType;
  readonly answer: z.ZodType;
  /** The errors that are this call's own, besides those that every call may answer with. */
  readonly errors: readonly ErrorCode[];
  /** The tRPC procedure that does the same. */
  readonly twin: string;
  /** Most bytes of a body, and the error for more. */
  readonly largest?: { readonly bytes: number; readonly code: NonNullable<FastifyContextConfig['tooLarge']> };
  /** The key may come in the body's `writeKey`, as Segment's browser clients send it. */
  readonly keyInBody?: true;
  /** Whether `Idempotency-Key` is taken: every call that writes something a repeat would write twice. */
  readonly once?: true;
  /** How many requests it counts for, where that isn't 1. */
  readonly weigh?: (raw: unknown) => number;
  /** Parses and answers. @throws ApiError */
  readonly answerTo: (call: Call, raw: unknown) => Promise<unknown>;
};

type Definition<Input extends z.ZodType, Answer extends z.ZodType> = Omit<Endpoint, 'answerTo'> & {
  readonly input: Input;
  readonly answer: Answer;
  readonly run: (call: Call, input: z.output<Input>) => Promise<z.input<Answer>>;
};

/** An endpoint whose input is parsed by its own schema. */
export function endpoint<Input extends z.ZodType, Answer extends z.ZodType>(
  definition: Definition<Input, Answer>,
): Endpoint {
  const { run, ...rest } = definition;
  return { ...rest, answerTo: (call, raw) => run(call, parseRequest(definition.input, raw)) };
}

export type EventPath = InboundEventType | 'batch';
