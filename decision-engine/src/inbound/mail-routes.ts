import { readBounce } from '@segue/integrations';
import type { FastifyReply } from 'fastify';
import { admit } from '../api/admit.js';
import { takeBounce, takeComplaint } from '../emails/take-mail-receipts.js';
import type { InboundCall } from './inbound-call.js';

/**
 * A mail that came back to the sender's mailbox, or a complaint of the recipient's provider, as the mail server got it. Mail is signed by nobody, so whoever hands it on needs a
 * key that may send events.
 */
export async function takeReturnedMail({
  running,
  request,
  reply,
  rawBody,
}: InboundCall): Promise<FastifyReply> {
  const { authorization } = request.headers;
  await admit(running, { authorization, sessionToken: undefined }, { scope: 'events:write', reply });
  const bounce = await readBounce(rawBody);
  if (bounce.kind === 'complaint') {
    const customerId = await takeComplaint(running.engine, bounce.complaint);
    if (customerId !== null) running.changed([customerId]);
    return reply.send({ success: true, reports: 1, taken: customerId === null ? 0 : 1 });
  }
  const reports = bounce.kind === 'reports' ? bounce.reports : [];
  let taken = 0;
  for (const report of reports) {
    const customerId = await takeBounce(running.engine, report);
    if (customerId === null) continue;
    taken += 1;
    running.changed([customerId]);
  }
  return reply.send({ success: true, reports: reports.length, taken });
}
