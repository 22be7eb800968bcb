import type { FastifyInstance } from 'fastify';

/** A form is a few ticks and a comment. */
const LARGEST_BYTES = 16 * 1024;

/**
 * Reads forms as browsers send them. RFC 8058 allows mail programs to send their one field as multipart as well; such a body
 * is taken as it is: nothing in it is needed.
 */
export function readForms(server: FastifyInstance): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: LARGEST_BYTES },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  server.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'string', bodyLimit: LARGEST_BYTES },
    (_request, body, done) => {
      const oneClick = /name="List-Unsubscribe"\s+One-Click/i.test(String(body));
      done(null, new URLSearchParams(oneClick ? { 'List-Unsubscribe': 'One-Click' } : {}));
    },
  );
}

/** The fields of a form; none where something else was sent. */
export function fieldsOf(body: unknown): URLSearchParams {
  return body instanceof URLSearchParams ? body : new URLSearchParams();
}
