import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { refuseOtherMethods } from '../api/rest/lay-out.js';
import type { Running } from '../api/running.js';
import { demoShopPage } from './demo-shop-page.js';

/** Beside the sources and beside what is built from them. */
const SCRIPT = new URL('../../on-site/segue.js', import.meta.url);

/** Serves the script for pages, and with the demo shop a page to try it on. */
export async function serveOnSite(
  server: FastifyInstance,
  { running, demo }: { readonly running: () => Running; readonly demo: boolean },
): Promise<void> {
  const script = await readFile(SCRIPT, 'utf8');
  server.get('/segue.js', (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=300')
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(script),
  );
  refuseOtherMethods(server, '/segue.js', ['GET']);
  if (!demo) return;
  server.get('/demo-shop-page', async (_request, reply) => {
    const page = await demoShopPage(running());
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', page.policy)
      .send(page.html);
  });
  refuseOtherMethods(server, '/demo-shop-page', ['GET']);
}
