import type { Socket } from 'node:net';
import type { ConnectionError, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from './api-error.js';
import { ERRORS, type ErrorCode } from './error-catalogue.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The code for a body over this route's limit. */
    tooLarge?: Extract<ErrorCode, 'event_too_large' | 'batch_too_large' | 'body_too_large'>;
  }
}

function tooLarge(request: FastifyRequest): ApiError {
  const code = request.routeOptions.config.tooLarge ?? 'body_too_large';
  switch (code) {
    case 'event_too_large':
      return new ApiError(code, 'Expected an event of at most 32 KB');
    case 'batch_too_large':
      return new ApiError(code, 'Expected a body of at most 500 KB');
    case 'body_too_large':
      return new ApiError(code, 'Expected a body of at most 256 KB');
  }
}

/** Our error for one of fastify's own, null for a fault. */
function translated(error: FastifyError, request: FastifyRequest): ApiError | null {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return tooLarge(request);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ApiError('unsupported_media_type', 'Expected "content-type" to be application/json');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new ApiError('malformed_json', 'The body is not JSON');
    default:
      if (error instanceof SyntaxError) return new ApiError('malformed_json', 'The body is not JSON');
      return error.statusCode !== undefined && error.statusCode < 500
        ? new ApiError('invalid_request', 'The request is not valid HTTP or not as documented')
        : null;
  }
}

/** Turns everything that is thrown into an answer from the catalogue; faults are logged and never shown. */
export function answerErrors(server: FastifyInstance): void {
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    const known = error instanceof ApiError ? error : translated(error, request);
    if (known === null) {
      request.log.error({ err: error }, 'request failed');
      const body = { code: 'internal', message: 'Something went wrong on our side', requestId: request.id };
      return reply.status(500).send({ error: body });
    }
    const { retryAfterSeconds } = known.more;
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', retryAfterSeconds);
    if (known.status === 401)
      void reply.header('www-authenticate', 'Basic realm="segue", Bearer realm="segue"');
    return reply.status(known.status).send(known.body);
  });
  server.setNotFoundHandler((request, reply) => {
    const error = new ApiError(
      'unknown_route',
      `There is nothing at ${request.method} ${request.url.split('?')[0]}`,
    );
    return reply.status(error.status).send(error.body);
  });
}

/** Answers an address that is not well written, for which there is no route to answer. */
export function answerBadUrl(_error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const error = new ApiError('invalid_request', 'The address is not a valid one');
  void reply.status(error.status).send(error.body);
}

/** Answers what is no HTTP, has too large a head, or comes too slowly, and hangs up. */
export function answerBrokenHttp(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, code]: [string, ErrorCode] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'headers_too_large']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', 'request_timeout']
        : ['400 Bad Request', 'invalid_request'];
  const body = JSON.stringify(new ApiError(code, ERRORS[code].when).body);
  if (!socket.writable) return void socket.destroy();
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
