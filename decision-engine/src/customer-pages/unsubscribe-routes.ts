import type { FastifyReply } from 'fastify';
import { findCustomer } from '../customers/find-customer.js';
import { unsubscribe } from './change-preferences.js';
import { answerPage, brokenLinkPage, goneCustomerPage } from './customer-page.js';
import { fieldsOf } from './form-body.js';
import type { PageCall } from './serve-customer-pages.js';
import { type UnsubscribeShown, unsubscribedPage, unsubscribeQuestion } from './unsubscribe-page.js';

async function shownFor(
  { running }: PageCall,
  customerId: string,
  asked: UnsubscribeShown['asked'],
): Promise<UnsubscribeShown> {
  const { links, sender } = running.engine;
  return { sender: sender.name, asked, preferencesUrl: await links.make('preferences', { customerId }) };
}

/** Never unsubscribes: mail programs and virus scanners open links by themselves (RFC 8058, section 3.2). */
export async function showUnsubscribe(call: PageCall): Promise<FastifyReply> {
  const { running, token, reply } = call;
  const { engine } = running;
  const asked = await engine.links.read('unsubscribe', token);
  if (asked === null) return answerPage(reply, brokenLinkPage(engine.sender.name));
  const document = await findCustomer(engine.store, asked);
  if (document === null) return answerPage(reply, goneCustomerPage(engine.sender.name));
  return answerPage(reply, unsubscribeQuestion(await shownFor(call, document._id, asked)));
}

/** From a mail program's button (RFC 8058) or from our page: takes the customer off the list, without sign-in. */
export async function answerUnsubscribe(call: PageCall): Promise<FastifyReply> {
  const { running, token, request, reply } = call;
  const { engine } = running;
  const asked = await engine.links.read('unsubscribe', token);
  if (asked === null) return answerPage(reply, brokenLinkPage(engine.sender.name));
  const oneClick = fieldsOf(request.body).get('List-Unsubscribe') === 'One-Click';
  const source = oneClick ? 'one-click unsubscribe' : 'unsubscribe page';
  const customerId = await unsubscribe(engine, asked, source);
  if (customerId !== null) running.changed([customerId]);
  if (oneClick) return reply.status(200).type('text/plain; charset=utf-8').send('Unsubscribed.\n');
  if (customerId === null) return answerPage(reply, goneCustomerPage(engine.sender.name));
  return answerPage(reply, unsubscribedPage(await shownFor(call, customerId, asked)));
}
