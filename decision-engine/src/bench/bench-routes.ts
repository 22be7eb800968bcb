import type { FastifyInstance } from 'fastify';
import { admit } from '../api/admit.js';
import { ApiError } from '../api/api-error.js';
import { parseRequest } from '../api/parse-request.js';
import type { Running } from '../api/running.js';
import { serveTrpc } from '../api/server.js';
import { decideRequest } from '../api/shapes/decision.js';
import { callerProcedure, router } from '../api/trpc/trpc.js';
import { findCustomer } from '../customers/find-customer.js';

const benchRouter = router({
  empty: callerProcedure('decide')
    .input(decideRequest)
    .mutation(() => ({})),
});

/**
 * What decisions are compared with: the same request, checked and parsed the same way, answered with nothing, and with
 * nothing after the customer's profile was read.
 */
export async function addBenchRoutes(server: FastifyInstance, running: () => Running | null): Promise<void> {
  const now = (): Running => {
    const started = running();
    if (started === null) throw new ApiError('not_ready', 'Segue is starting');
    return started;
  };
  const empty = (path: string, work: (raw: unknown) => Promise<void>) =>
    server.post(path, async (request, reply) => {
      const { authorization } = request.headers;
      await admit(now(), { authorization, sessionToken: undefined }, { scope: 'decide', reply });
      await work(request.body);
      return {};
    });
  empty('/bench/empty', async (raw) => {
    parseRequest(decideRequest, raw);
  });
  empty('/bench/profile', async (raw) => {
    await findCustomer(now().engine.store, parseRequest(decideRequest, raw).customer);
  });
  await serveTrpc(server, benchRouter, { prefix: '/bench/trpc', running: now, secure: false });
}
