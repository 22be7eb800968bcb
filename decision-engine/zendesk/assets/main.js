// Shows Segue in the sidebar of a ticket: tells it who the requester is, and puts its words into the reply.
(() => {
  // Put in when the app is made (npm run plugin -- zendesk zip).
  const SEGUE = 'https://segue.invalid';
  const HEIGHT = '620px';
  const FIELDS = ['email', 'externalId', 'name'];

  const client = window.ZAFClient.init();
  const frame = document.createElement('iframe');
  frame.title = 'Segue';
  frame.allow = 'clipboard-write';
  let asked = 0;

  /** Asks Zendesk for the requester; of two answers the one that was asked for last counts. */
  async function tell() {
    asked += 1;
    const mine = asked;
    const paths = FIELDS.map((field) => `ticket.requester.${field}`);
    const answer = await client.get(paths);
    if (mine !== asked) return;
    const customer = Object.fromEntries(
      FIELDS.flatMap((field) => {
        const value = answer[`ticket.requester.${field}`];
        return value === undefined || value === null || value === '' ? [] : [[field, String(value)]];
      }),
    );
    const message = { type: 'segue:context', version: 1, customer, takesText: true };
    frame.contentWindow?.postMessage(message, SEGUE);
  }

  /** Words become HTML of a reply: nothing in them is markup. */
  function asHtml(text) {
    const holder = document.createElement('div');
    holder.textContent = text;
    return holder.innerHTML.replaceAll('\n', '<br>');
  }

  window.addEventListener('message', (event) => {
    if (event.origin !== SEGUE || event.source !== frame.contentWindow) return;
    const message = event.data;
    if (message === null || typeof message !== 'object' || message.version !== 1) return;
    if (message.type === 'segue:ready') void tell();
    if (message.type === 'segue:insert' && typeof message.text === 'string')
      void client.invoke('comment.appendHtml', asHtml(message.text));
  });
  client.on('app.registered', () => {
    void client.invoke('resize', { width: '100%', height: HEIGHT });
    frame.src = `${SEGUE}/embed`;
    document.body.append(frame);
  });
  for (const field of ['email', 'name']) client.on(`ticket.requester.${field}.changed`, () => void tell());
  client.on('app.activated', () => void tell());
})();
