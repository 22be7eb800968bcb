import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuseOtherMethods } from '../api/rest/lay-out.js';
import type { Running } from '../api/running.js';
import { linkPath } from '../links/customer-links.js';
import { readForms } from './form-body.js';
import { answerPreferences, showPreferences } from './preference-routes.js';
import { answerSurvey, showSurvey } from './survey-routes.js';
import { goOn, sawOpened } from './tracking-routes.js';
import { answerUnsubscribe, showUnsubscribe } from './unsubscribe-routes.js';

export type PageCall = {
  readonly running: Running;
  readonly token: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};
type Answer = (call: PageCall) => Promise<FastifyReply>;

type PageRoute = { readonly url: string; readonly get: Answer; readonly post?: Answer };

const PAGES: readonly PageRoute[] = [
  { url: linkPath('unsubscribe'), get: showUnsubscribe, post: answerUnsubscribe },
  { url: linkPath('preferences'), get: showPreferences, post: answerPreferences },
  { url: linkPath('go'), get: goOn },
  { url: linkPath('open'), get: sawOpened },
  { url: linkPath('survey'), get: showSurvey, post: answerSurvey },
];

function tokenIn(params: unknown): string {
  const token: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, 'token') : '';
  return typeof token === 'string' ? token : '';
}

function layOutPage(pages: FastifyInstance, { url, get, post }: PageRoute, running: () => Running): void {
  const address = `${url}/:token`;
  const handler = (answer: Answer) => (request: FastifyRequest, reply: FastifyReply) =>
    answer({ running: running(), token: tokenIn(request.params), request, reply });
  // Looking at a link without following it is no visit, so HEAD answers nothing.
  pages.get(address, { exposeHeadRoute: false }, handler(get));
  pages.head(address, (_request, reply) => reply.status(200).send());
  if (post !== undefined) pages.post(address, handler(post));
  refuseOtherMethods(pages, address, post === undefined ? ['GET'] : ['GET', 'POST']);
}

/** The pages and links that customers open from their messages: no sign-in, no cookies, the signed link is the permission. */
export async function serveCustomerPages(server: FastifyInstance, running: () => Running): Promise<void> {
  await server.register((pages, _options, done) => {
    readForms(pages);
    for (const page of PAGES) layOutPage(pages, page, running);
    done();
  });
}
