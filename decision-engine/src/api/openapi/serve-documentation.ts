import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import type { Endpoint } from '../rest/endpoint.js';
import { refuseOtherMethods } from '../rest/lay-out.js';
import { openApiDocument } from './open-api-document.js';

/** Nothing from elsewhere: the page works without the internet. Its library writes styles into the page. */
const PAGE_POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** Serves the specification at `/openapi.json` and, for people, at `/docs`. */
export async function serveDocumentation(
  server: FastifyInstance,
  endpoints: readonly Endpoint[],
): Promise<void> {
  const document = openApiDocument(endpoints);
  const text = JSON.stringify(document);
  server.get('/openapi.json', async (_request, reply) => reply.type('application/json').send(text));
  refuseOtherMethods(server, '/openapi.json', ['GET']);
  await server.register(swagger, { mode: 'static', specification: { document: JSON.parse(text) } });
  await server.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: PAGE_POLICY,
    uiConfig: { validatorUrl: null, displayRequestDuration: true, docExpansion: 'list' },
  });
}
