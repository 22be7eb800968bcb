import type { FastifyReply } from 'fastify';
import { recordClick, recordOpening } from '../emails/mail-events.js';
import { answerPage, brokenLinkPage } from './customer-page.js';
import type { PageCall } from './serve-customer-pages.js';

/** Leads to the address that was signed, and to no other; the click is recorded beside it and never in the way. */
export async function goOn({ running, token, reply }: PageCall): Promise<FastifyReply> {
  const { engine } = running;
  const link = await engine.links.read('go', token);
  if (link === null) return answerPage(reply, brokenLinkPage(engine.sender.name));
  try {
    const customerId = await recordClick(engine, link);
    if (customerId !== null) running.changed([customerId]);
  } catch (error) {
    engine.log.error({ err: error }, 'a click could not be recorded');
  }
  return reply.header('referrer-policy', 'no-referrer').redirect(link.url, 302);
}

/** One transparent pixel. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

export async function sawOpened({ running, token, reply }: PageCall): Promise<FastifyReply> {
  const { engine } = running;
  const link = await engine.links.read('open', token);
  if (link !== null) {
    const customerId = await recordOpening(engine, link.deliveryId);
    if (customerId !== null) running.changed([customerId]);
  }
  return reply.type('image/gif').send(PIXEL);
}
