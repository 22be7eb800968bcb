import { once } from 'node:events';
import { createServer } from 'node:http';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import next from 'next';
import { staticFiles } from './static-files.mjs';

/**
 * The console as it runs in production: Next, and beside it the scripts and styles of its build. Next finds a way for each
 * of a page's twenty files and compresses it anew for each browser; a page's scripts were there 0.2 seconds later.
 */
const PREFIX = '/_next/static/';
const folder = fileURLToPath(new URL('..', import.meta.url));

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3000' },
    hostname: { type: 'string', default: 'localhost' },
  },
});
const port = Number(values.port);
const { hostname } = values;

const app = next({ dev: false, dir: folder, hostname, port });
const files = await staticFiles({
  folder: fileURLToPath(new URL('../.next/static/', import.meta.url)),
  prefix: PREFIX,
});
await app.prepare();
const pages = app.getRequestHandler();

const server = createServer((request, response) => {
  if (request.url?.startsWith(PREFIX)) files(request, response);
  else pages(request, response).catch((error) => fail(error, response));
});
server.listen(port, hostname);
await once(server, 'listening');
process.stdout.write(`The console listens on ${hostname}, port ${port}\n`);

process.once('SIGTERM', stop);
process.once('SIGINT', stop);

/**
 * Next answers its own faults; one that gets past it must not end the server for everybody else.
 *
 * @param {unknown} error
 * @param {import('node:http').ServerResponse} response
 */
function fail(error, response) {
  process.stderr.write(`A page failed: ${error instanceof Error ? error.stack : String(error)}\n`);
  if (!response.headersSent) response.statusCode = 500;
  response.end();
}

/** What is being answered is answered; then it ends. */
async function stop() {
  server.close();
  await once(server, 'close');
  await app.close();
  process.exit(0);
}
