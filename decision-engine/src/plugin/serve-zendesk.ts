import type { FastifyInstance } from 'fastify';
import { refuseOtherMethods } from '../api/rest/lay-out.js';
import type { Running } from '../api/running.js';
import { fieldsOf, readForms } from '../customer-pages/form-body.js';
import { zendeskScript } from './zendesk-files.js';
import { ZENDESK_SCRIPT, ZENDESK_SIDEBAR } from './zendesk-paths.js';
import { proveZendesk, type ZendeskSettings } from './zendesk-token.js';

const FRAMEWORK = 'https://static.zdassets.com';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Segue</title>
<style>html,body{height:100%;margin:0}iframe{display:block;width:100%;height:100%;border:0}</style>
<script src="${FRAMEWORK}/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js"></script>
</head>
<body><script src="${ZENDESK_SCRIPT}"></script></body>
</html>
`;
const REFUSED = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Segue</title></head>
<body><p>Segue shows itself here only when Zendesk opens it. Reload the ticket.</p></body>
</html>
`;

export type ZendeskSidebar = { readonly settings: ZendeskSettings; readonly consoleUrl: string };

/** The sidebar for Zendesk with signed addresses: the page is given only to who brings a token of one of our installations. */
export async function serveZendesk(
  server: FastifyInstance,
  running: () => Running,
  { settings, consoleUrl }: ZendeskSidebar,
): Promise<void> {
  await server.register((pages, _options, done) => {
    readForms(pages);
    pages.post(ZENDESK_SIDEBAR, async (request, reply) => {
      const { engine } = running();
      const token = fieldsOf(request.body).get('token') ?? '';
      const proof = await proveZendesk(engine.store, settings, { token, now: engine.clock() });
      void reply.type('text/html; charset=utf-8').header('referrer-policy', 'no-referrer');
      if (proof.kind === 'not-proven') {
        engine.log.warn({ why: proof.why }, 'a sidebar for Zendesk was refused');
        return reply.status(403).header('content-security-policy', "default-src 'none'").send(REFUSED);
      }
      const policy = [
        "default-src 'none'",
        `script-src 'self' ${FRAMEWORK}`,
        "style-src 'unsafe-inline'",
        `connect-src ${FRAMEWORK}`,
        `frame-src ${consoleUrl}`,
        `frame-ancestors ${proof.host}`,
      ];
      return reply.header('content-security-policy', policy.join('; ')).send(PAGE);
    });
    pages.get(ZENDESK_SCRIPT, { exposeHeadRoute: false }, async (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').send(await zendeskScript(consoleUrl)),
    );
    refuseOtherMethods(pages, ZENDESK_SIDEBAR, ['POST']);
    refuseOtherMethods(pages, ZENDESK_SCRIPT, ['GET']);
    done();
  });
}
