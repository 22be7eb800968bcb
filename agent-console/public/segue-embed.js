// Puts Segue's sidebar into any page: <div id="segue"></div><script src="https://YOUR-SEGUE/segue-embed.js"></script>
// const sidebar = Segue.mount(document.getElementById('segue'), { onInsert: (text) => {} });
// sidebar.show({ email: 'ann@example.com' });   // again whenever another customer is on the screen; null = nobody
(() => {
  const own = document.currentScript;
  const origin = new URL(own.src).origin;

  window.Segue = {
    mount(element, { onInsert } = {}) {
      const frame = document.createElement('iframe');
      frame.title = 'Segue';
      frame.allow = 'clipboard-write';
      frame.style.cssText = 'display:block;width:100%;height:100%;min-width:320px;border:0';
      let customer = null;
      let ready = false;
      const tell = () => {
        if (!ready) return;
        const message = {
          type: 'segue:context',
          version: 1,
          customer: customer ?? {},
          takesText: onInsert !== undefined,
        };
        frame.contentWindow?.postMessage(message, origin);
      };
      const hear = (event) => {
        if (event.origin !== origin || event.source !== frame.contentWindow) return;
        const message = event.data;
        if (message === null || typeof message !== 'object' || message.version !== 1) return;
        if (message.type === 'segue:ready') {
          ready = true;
          tell();
        }
        if (message.type === 'segue:insert' && typeof message.text === 'string') onInsert?.(message.text);
      };
      window.addEventListener('message', hear);
      frame.src = `${origin}/embed`;
      element.append(frame);
      return {
        /** @param next { email?, phone?, userId?, externalId?, name? } or null */
        show(next) {
          customer = next;
          tell();
        },
        remove() {
          window.removeEventListener('message', hear);
          frame.remove();
        },
      };
    },
  };
})();
