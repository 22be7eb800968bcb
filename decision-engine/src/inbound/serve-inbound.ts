import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuseOtherMethods } from '../api/rest/lay-out.js';
import type { Running } from '../api/running.js';
import type { ChannelSettings } from '../channels/channel-settings.js';
import { INBOUND } from '../channels/inbound-paths.js';
import { takeChatwootCall } from './chatwoot-route.js';
import type { InboundCall } from './inbound-call.js';
import { takeReturnedMail } from './mail-routes.js';
import { takeShopifyCall, takeStripeCall } from './shop-routes.js';
import { takeTwilioMessage, takeTwilioStatus } from './twilio-routes.js';
import { answerWhatsAppChallenge, takeWhatsAppCall } from './whatsapp-routes.js';
import { takeZendeskCall } from './zendesk-route.js';

type Answer = (call: InboundCall) => Promise<FastifyReply>;

const ROUTES: readonly { readonly url: string; readonly post: Answer; readonly get?: Answer }[] = [
  { url: INBOUND.twilioStatus, post: takeTwilioStatus },
  { url: INBOUND.twilioMessage, post: takeTwilioMessage },
  { url: INBOUND.whatsapp, post: takeWhatsAppCall, get: answerWhatsAppChallenge },
  { url: INBOUND.chatwoot, post: takeChatwootCall },
  { url: INBOUND.zendesk, post: takeZendeskCall },
  { url: INBOUND.shopify, post: takeShopifyCall },
  { url: INBOUND.stripe, post: takeStripeCall },
  { url: INBOUND.email, post: takeReturnedMail },
];

/**
 * Where providers call us with receipts and with what customers wrote. There is no API key: each call is signed by its
 * provider over the body as it came, so the body is read as it is and not parsed before.
 */
export async function serveInbound(
  server: FastifyInstance,
  running: () => Running,
  settings: ChannelSettings,
): Promise<void> {
  await server.register((inbound, _options, done) => {
    inbound.removeAllContentTypeParsers();
    inbound.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    const handler = (answer: Answer) => (request: FastifyRequest, reply: FastifyReply) => {
      const rawBody = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
      return answer({ running: running(), settings, request, reply, rawBody });
    };
    for (const { url, post, get } of ROUTES) {
      inbound.post(url, handler(post));
      if (get !== undefined) inbound.get(url, { exposeHeadRoute: false }, handler(get));
      refuseOtherMethods(inbound, url, get === undefined ? ['POST'] : ['GET', 'POST']);
    }
    done();
  });
}
