import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { permissionOfScope } from '../../access/api-key-document.js';
import { audited, NO_NOTE } from '../../audit/audited.js';
import { isAudited } from '../../audit/is-audited.js';
import { admit, countRequest } from '../admit.js';
import { ApiError } from '../api-error.js';
import { auditWho, type KnownCaller } from '../caller.js';
import { answerOnce, readIdempotencyKey } from '../idempotency/answer-once.js';
import type { Running } from '../running.js';
import type { Endpoint } from './endpoint.js';
import { rawInputReader } from './raw-input.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once a REST call is admitted. */
    caller: KnownCaller | null;
  }
}

/** Segment's browser clients send a beacon with the key in the body; everyone else sends it in the header. */
function writeKeyOf(body: unknown): string | undefined {
  return typeof body === 'object' && body !== null && 'writeKey' in body && typeof body.writeKey === 'string'
    ? body.writeKey
    : undefined;
}

/** `/v1/decisions/{decisionId}` as the router writes it. */
function routeUrl(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function layOutOne(server: FastifyInstance, running: () => Running, endpoint: Endpoint): void {
  const { scope, largest, operationId } = endpoint;
  const read = rawInputReader(endpoint);
  const admitted = async (request: FastifyRequest, reply: FastifyReply): Promise<KnownCaller> => {
    if (request.caller !== null) return request.caller;
    const { authorization } = request.headers;
    const writeKey = endpoint.keyInBody === true ? writeKeyOf(request.body) : undefined;
    const credentials = { authorization, sessionToken: undefined, writeKey };
    request.caller = await admit(running(), credentials, { scope, reply });
    return request.caller;
  };
  const route: RouteOptions = {
    method: endpoint.method,
    url: routeUrl(endpoint.path),
    // Before the body is read, so that nobody can make us read one without a key.
    onRequest: async (request, reply) => {
      if (endpoint.keyInBody === true && request.headers.authorization === undefined) return;
      await admitted(request, reply);
    },
    handler: async (request, reply) => {
      const now = running();
      const caller = await admitted(request, reply);
      const raw = read(request);
      const weight = (endpoint.weigh?.(raw) ?? 1) - 1;
      await countRequest(now, caller, { weight, reply });
      const audit = endpoint.method !== 'GET' && isAudited(permissionOfScope(scope));
      const work = { who: auditWho(caller), what: endpoint.twin, input: raw };
      const answer = () =>
        audit
          ? audited(now.engine, work, (note) => endpoint.answerTo({ ...now, caller, note }, raw))
          : endpoint.answerTo({ ...now, caller, note: NO_NOTE }, raw);
      const key = endpoint.once === true ? readIdempotencyKey(request.headers['idempotency-key']) : null;
      if (key === null) return answer();
      const { store, clock } = now.engine;
      const once = { caller, key, operation: operationId, body: raw, now: clock() };
      const { answer: body, replayed } = await answerOnce(store, once, answer);
      if (replayed) void reply.header('idempotency-replayed', 'true');
      return body;
    },
    ...(largest === undefined ? {} : { bodyLimit: largest.bytes, config: { tooLarge: largest.code } }),
  };
  server.route(route);
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'QUERY'] as const;

/** Answers 405 to the methods an address hasn't. OPTIONS is answered for every address, for browsers. */
export function refuseOtherMethods(server: FastifyInstance, url: string, allowed: readonly string[]): void {
  const known = new Set([...allowed, ...(allowed.includes('GET') ? ['HEAD'] : [])]);
  server.route({
    method: METHODS.filter((method) => !known.has(method)),
    url,
    exposeHeadRoute: false,
    // Before a body is read: it wouldn't matter what it says.
    onRequest: async (request, reply) => {
      void reply.header('allow', [...known, 'OPTIONS'].join(', '));
      throw new ApiError('method_not_allowed', `Expected ${[...known].join(' or ')}, got ${request.method}`);
    },
    handler: async () => undefined,
  });
}

/** Lays out a route for each endpoint, and 405 for the other methods of their addresses. */
export function layOut(
  server: FastifyInstance,
  running: () => Running,
  endpoints: readonly Endpoint[],
): void {
  server.decorateRequest('caller', null);
  for (const endpoint of endpoints) layOutOne(server, running, endpoint);
  for (const path of new Set(endpoints.map((endpoint) => endpoint.path))) {
    const methods = endpoints.filter((each) => each.path === path).map(({ method }) => method);
    refuseOtherMethods(server, routeUrl(path), methods);
  }
}
