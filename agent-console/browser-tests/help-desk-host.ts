import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

/** A page around a frame, of an origin of its own. */
export type HelpDesk = { readonly url: string; readonly origin: string; close(): Promise<void> };

const zendesk = new URL('../../decision-engine/zendesk/assets/', import.meta.url);

/** Plays Chatwoot by its protocol: a JSON text when the frame has loaded, and whenever it is asked or the conversation changes. */
function chatwootPage(segue: string): string {
  return `<!doctype html><html lang="en"><title>Chatwoot, played</title>
<iframe id="app" title="Segue" style="width:360px;height:700px;border:0"></iframe>
<script>
  const frame = document.getElementById('app');
  let conversation = null;
  window.asked = 0;
  window.show = (sender, currentAgent = { id: 1, name: 'Ada', email: 'ada@desk.example' }) => {
    conversation = { sender, currentAgent };
    send();
  };
  function send() {
    if (conversation === null) return;
    const data = {
      conversation: { id: 1, messages: [], meta: { sender: conversation.sender } },
      contact: conversation.sender,
      currentAgent: conversation.currentAgent,
    };
    frame.contentWindow.postMessage(JSON.stringify({ event: 'appContext', data }), '*');
  }
  frame.addEventListener('load', send);
  window.addEventListener('message', (event) => {
    if (event.data !== 'chatwoot-dashboard-app:fetch-info') return;
    window.asked += 1;
    send();
  });
  frame.src = ${JSON.stringify(`${segue}/embed`)};
</script></html>`;
}

/** What Zendesk's framework offers the app, as far as ours uses it. */
const ZAF = `window.ZAFClient = { init() {
  const heard = {};
  window.invoked = [];
  window.requester = { email: 'nobody@desk.example' };
  window.change = (next) => { window.requester = next; heard['ticket.requester.email.changed'](); };
  setTimeout(() => heard['app.registered'](), 0);
  return {
    on: (name, listener) => { heard[name] = listener; },
    get: async (paths) => Object.fromEntries(paths.map((path) => [path, window.requester[path.split('.')[2]]])),
    invoke: async (...words) => { window.invoked.push(words); },
  };
} };`;

async function zendeskFile(path: string, segue: string): Promise<string> {
  const name = path === '/zendesk' ? 'iframe.html' : 'main.js';
  const text = await readFile(new URL(name, zendesk), 'utf8');
  return text
    .replace(/https:\/\/static\.zdassets\.com\S*?\.js/, '/zaf.js')
    .replaceAll('https://segue.invalid', segue);
}

function anyPage(segue: string): string {
  return `<!doctype html><html lang="en"><title>Any page</title>
<div id="segue" style="width:360px;height:700px"></div>
<script src="${segue}/segue-embed.js"></script>
<script>
  window.inserted = [];
  window.sidebar = Segue.mount(document.getElementById('segue'), { onInsert: (text) => window.inserted.push(text) });
</script></html>`;
}

/** Serves pages that play help desks, on `localhost`: another site than Segue's 127.0.0.1. */
export async function startHelpDesk(segue: () => string): Promise<HelpDesk> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const script = path.endsWith('.js');
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    if (path === '/chatwoot') response.end(chatwootPage(segue()));
    else if (path === '/any') response.end(anyPage(segue()));
    else if (path === '/zaf.js') response.end(ZAF);
    else if (path === '/zendesk' || path === '/main.js') response.end(await zendeskFile(path, segue()));
    else response.writeHead(404).end();
  }).listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const origin = `http://localhost:${port}`;
  return {
    url: origin,
    origin,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
