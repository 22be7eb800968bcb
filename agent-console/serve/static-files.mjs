import fastifyStatic from '@fastify/static';
import fastify from 'fastify';

/**
 * Answers requests for the files of a folder, which never change under their names: as they were compressed when they
 * were built where the browser takes that, as they are where not.
 *
 * @param {{ folder: string, prefix: string }} options the folder, and what paths of its files begin with
 * @returns {Promise<import('node:http').RequestListener>}
 */
export async function staticFiles({ folder, prefix }) {
  const app = fastify();
  await app.register(fastifyStatic, {
    root: folder,
    prefix,
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
    index: false,
    setHeaders: (response) => {
      response.setHeader('vary', 'accept-encoding');
      response.setHeader('x-content-type-options', 'nosniff');
    },
  });
  await app.ready();
  return (request, response) => app.routing(request, response);
}
