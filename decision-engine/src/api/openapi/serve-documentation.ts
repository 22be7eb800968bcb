import swagger from '@fastify/swagger';
import swaggerUi, { type FastifySwaggerUiOptions } from '@fastify/swagger-ui';
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

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#2f55d4"/><path d="M8 20.5c4.5 0 4.5-9 9-9h6.5m0 0-3.6-3.6m3.6 3.6-3.6 3.6" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/><circle cx="8.6" cy="11.5" r="1.7" fill="#fff"/></svg>';

/** The page shows one specification, so there is nothing to choose in the bar of its library. */
const THEME: NonNullable<FastifySwaggerUiOptions['theme']> = {
  title: 'Segue API',
  css: [{ filename: 'segue.css', content: '.swagger-ui .topbar { display: none }' }],
  favicon: [{ filename: 'segue.svg', rel: 'icon', sizes: 'any', type: 'image/svg+xml', content: ICON }],
};

/** Serves the specification at `/openapi.json` and, for people, at `/docs`, where who opens the bare address is led. */
export async function serveDocumentation(
  server: FastifyInstance,
  endpoints: readonly Endpoint[],
): Promise<void> {
  const document = openApiDocument(endpoints);
  const text = JSON.stringify(document);
  server.get('/openapi.json', async (_request, reply) => reply.type('application/json').send(text));
  refuseOtherMethods(server, '/openapi.json', ['GET']);
  server.get('/', async (_request, reply) => reply.redirect('/docs'));
  refuseOtherMethods(server, '/', ['GET']);
  await server.register(swagger, { mode: 'static', specification: { document: JSON.parse(text) } });
  await server.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: PAGE_POLICY,
    theme: THEME,
    uiConfig: { validatorUrl: null, displayRequestDuration: true, docExpansion: 'list' },
  });
}
