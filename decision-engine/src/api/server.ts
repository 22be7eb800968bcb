import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import type { AnyRouter } from '@trpc/server';
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { NO_NOTE } from '../audit/audited.js';
import type { Config } from '../config.js';
import { serveCustomerPages } from '../customer-pages/serve-customer-pages.js';
import type { Engine } from '../engine/engine.js';
import { serveInbound } from '../inbound/serve-inbound.js';
import { serveOnSite } from '../on-site/serve-on-site.js';
import { serveZendesk, type ZendeskSidebar } from '../plugin/serve-zendesk.js';
import { ZENDESK_SIDEBAR } from '../plugin/zendesk-paths.js';
import { type SignOn, serveSignOn } from '../sign-on/serve-sign-on.js';
import { countRequest } from './admit.js';
import { isOriginAllowed } from './allowed-origins.js';
import { answerBadUrl, answerBrokenHttp, answerErrors } from './answer-errors.js';
import { ApiError } from './api-error.js';
import { identifyCaller, PLUGIN_COOKIE, SESSION_COOKIE } from './caller.js';
import { readIdempotencyKey } from './idempotency/answer-once.js';
import { serveDocumentation } from './openapi/serve-documentation.js';
import { ENDPOINTS } from './rest/endpoints.js';
import { layOut, refuseOtherMethods } from './rest/lay-out.js';
import type { Running } from './running.js';
import { appRouter } from './trpc/app-router.js';
import { asTrpcError, type TrpcContext } from './trpc/trpc.js';

/** How far the start is; `ready` once decisions can be served. */
export type Readiness = () => { readonly ready: boolean; readonly phase: string };

export type ServerOptions = {
  readonly config: Pick<Config, 'consoleUrl' | 'consolePort' | 'channels' | 'demo'> &
    Partial<Pick<Config, 'trustProxy'>>;
  /** Absent where people sign in with passwords alone. */
  readonly signOn?: SignOn | undefined;
  /** Absent where Zendesk signs no addresses. */
  readonly zendesk?: ZendeskSidebar | undefined;
  /** Null while the engine is still starting. */
  readonly running: () => Running | null;
  readonly readiness: Readiness;
  readonly log: Engine['log'];
};

/** Who takes longer to send a request is cut off: a connection costs memory. */
const SLOWEST_REQUEST_MS = 30_000;

/** Other bodies than events and batches. */
const BODY_LIMIT = 256 * 1024;

function requestPath(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}

/** What a page that calls with a key may read besides the body. */
const EXPOSED = ['ratelimit', 'ratelimit-policy', 'retry-after', 'idempotency-replayed'];

/** Calls that take API keys only. */
function isKeyed(request: FastifyRequest): boolean {
  return requestPath(request).startsWith('/v1/');
}

const TRPC_PREFIX = '/trpc';

/** What is there before the engine is ready. */
function isAlwaysServed(path: string): boolean {
  return ['/', '/healthz', '/openapi.json', '/docs'].includes(path) || path.startsWith('/docs/');
}

/** What the server asks of each proxy on the way, the nearest first. */
function trusting(
  proxies: Config['trustProxy'],
): string | false | ((address: string, hop: number) => boolean) {
  return typeof proxies === 'number' ? (_address, hop) => hop < proxies : proxies;
}

/** A cookie is sent by the browser whoever's page asks, so a request that carries one must come from our console. */
function refuseForeignPages(server: FastifyInstance, config: ServerOptions['config']): void {
  server.addHook('onRequest', async (request) => {
    const { origin } = request.headers;
    if (isKeyed(request) || requestPath(request).startsWith('/c/')) return;
    // Zendesk posts a token there, which is what counts; a cookie is not read.
    if (requestPath(request) === ZENDESK_SIDEBAR) return;
    const { [SESSION_COOKIE]: session, [PLUGIN_COOKIE]: plugin } = request.cookies;
    if (origin === undefined || (session === undefined && plugin === undefined)) return;
    if (isOriginAllowed(origin, config, request.headers.host)) return;
    throw new ApiError('not_allowed', `Pages of ${origin} may not use an agent's session`);
  });
}

/** The HTTP server: REST, tRPC and health, before and after the engine is ready. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { config, log, readiness } = options;
  const secure = config.consoleUrl?.startsWith('https:') ?? false;
  const server: FastifyInstance = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    trustProxy: trusting(config.trustProxy ?? false),
    requestTimeout: SLOWEST_REQUEST_MS,
    clientErrorHandler: answerBrokenHttp,
    frameworkErrors: answerBadUrl,
    routerOptions: { maxParamLength: 4000 },
  });
  answerErrors(server);
  // Else a body declared as text would come as text and be refused for not being an object.
  server.removeContentTypeParser('text/plain');
  await server.register(cookie);
  await server.register(cors, {
    delegator: (request, done) => {
      const { origin, host } = request.headers;
      // Any page may send with a key of its own: these calls know no cookies.
      if (isKeyed(request)) {
        return done(null, { origin: '*', maxAge: 600, exposedHeaders: [...EXPOSED], strictPreflight: false });
      }
      done(null, {
        origin: origin !== undefined && isOriginAllowed(origin, config, host),
        credentials: true,
        maxAge: 600,
        strictPreflight: false,
      });
    },
  });
  refuseForeignPages(server, config);
  server.addHook('onSend', async (_request, reply) => {
    void reply.header('x-content-type-options', 'nosniff');
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
  server.addHook('onRequest', async (request) => {
    const path = requestPath(request);
    // Calls of tRPC are refused as tRPC answers, by `running` below: its clients understand nothing else.
    if (request.method === 'OPTIONS' || isAlwaysServed(path) || path.startsWith(`${TRPC_PREFIX}/`)) return;
    if (!readiness().ready) throw new ApiError('not_ready', `Segue is starting: ${readiness().phase}`);
  });
  server.get('/healthz', async (_request, reply) => {
    const { ready, phase } = readiness();
    return ready ? reply.send({ status: 'ready' }) : reply.status(503).send({ status: 'starting', phase });
  });
  refuseOtherMethods(server, '/healthz', ['GET']);
  await serveDocumentation(server, ENDPOINTS);

  const running = () => {
    const now = options.running();
    if (now === null) throw new ApiError('not_ready', `Segue is starting: ${readiness().phase}`);
    return now;
  };
  layOut(server, running, ENDPOINTS);
  await serveCustomerPages(server, running);
  await serveInbound(server, running, config.channels);
  await serveOnSite(server, { running, demo: config.demo });
  if (options.zendesk !== undefined) await serveZendesk(server, running, options.zendesk);
  if (options.signOn !== undefined) serveSignOn(server, running, options.signOn);
  await serveTrpc(server, appRouter, { prefix: TRPC_PREFIX, running, secure, signOn: options.signOn });
  return server;
}

/** Serves a router's procedures under a prefix. */
export async function serveTrpc<Router extends AnyRouter>(
  server: FastifyInstance,
  served: Router,
  {
    prefix,
    running,
    secure,
    signOn,
  }: {
    readonly prefix: string;
    readonly running: () => Running;
    readonly secure: boolean;
    readonly signOn?: SignOn | undefined;
  },
): Promise<void> {
  await server.register(fastifyTRPCPlugin, {
    prefix,
    trpcOptions: {
      router: served,
      createContext: async ({ req, res }) => {
        try {
          return await trpcContext(running(), { request: req, reply: res, secure, signOn });
        } catch (error) {
          throw error instanceof ApiError ? asTrpcError(error) : error;
        }
      },
    } satisfies FastifyTRPCPluginOptions<Router>['trpcOptions'],
  });
}

async function trpcContext(
  running: Running,
  {
    request,
    reply,
    secure,
    signOn,
  }: {
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
    readonly secure: boolean;
    readonly signOn: SignOn | undefined;
  },
): Promise<TrpcContext> {
  const { engine, signIn, changed, deliveriesWait, privacyWaits } = running;
  const caller = await identifyCaller(running, {
    authorization: request.headers.authorization,
    sessionToken: request.cookies[SESSION_COOKIE] ?? request.cookies[PLUGIN_COOKIE],
  });
  const cookieOptions = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  return {
    engine,
    caller,
    signIn,
    signOn,
    count: (known, weight) => countRequest(running, known, { weight, reply }),
    idempotencyKey: readIdempotencyKey(request.headers['idempotency-key']),
    address: request.ip,
    userAgent: request.headers['user-agent'],
    note: NO_NOTE,
    requestId: request.id,
    changed,
    deliveriesWait,
    privacyWaits,
    setPluginCookie: (session) => {
      // Browsers take such a cookie over https alone; without it the frame keeps its token in memory.
      if (!secure) return;
      const partitioned = { ...cookieOptions, sameSite: 'none', partitioned: true } as const;
      void reply.setCookie(PLUGIN_COOKIE, session.token, { ...partitioned, expires: session.expiresAt });
    },
    setSession: (session) => {
      if (session === null) void reply.clearCookie(SESSION_COOKIE, cookieOptions);
      else
        void reply.setCookie(SESSION_COOKIE, session.token, { ...cookieOptions, expires: session.expiresAt });
    },
  };
}
