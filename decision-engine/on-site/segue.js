// @ts-check
// Shows in a page what Segue decides for its visitor, and reports what they do with it. No cookies, no other requests.
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const base = new URL(script.src).origin;
  const { key, anonymousId } = script.dataset;

  const STYLE = `
:host { all: initial; }
.box { font: 16px/1.5 system-ui, sans-serif; color: #1d1f24; background: #fff; box-sizing: border-box; border: 1px solid #d4d7de;
  border-radius: 12px; padding: 16px 48px 16px 18px; position: relative; max-width: 100%; }
.popup { border: 0; padding: 24px 56px 24px 24px; width: min(28rem, calc(100vw - 32px)); box-shadow: 0 12px 48px #0005; }
.popup::backdrop { background: #0007; }
.banner { position: fixed; inset: auto 16px 16px 16px; max-width: 44rem; margin: 0 auto; box-shadow: 0 6px 24px #0003; z-index: 2147483000; }
h2 { font-size: 1.125em; line-height: 1.3; margin: 0 0 4px; }
p { margin: 0 0 12px; white-space: pre-line; }
p:last-child { margin: 0; }
img { display: block; max-width: 100%; height: auto; border-radius: 8px; margin: 0 0 12px; }
code { font: 600 1.05em ui-monospace, monospace; letter-spacing: .06em; padding: 3px 8px; border: 1px dashed currentColor; border-radius: 6px; }
a { display: inline-block; padding: 9px 16px; border-radius: 8px; background: #1f5fbf; color: #fff; font-weight: 600; text-decoration: none; }
button { position: absolute; top: 6px; right: 6px; width: 40px; height: 40px; border: 0; border-radius: 8px; background: none; color: inherit;
  font: 22px/1 system-ui, sans-serif; cursor: pointer; }
button:hover { background: #8883; }
:focus-visible { outline: 3px solid #1f5fbf; outline-offset: 2px; }
@media (prefers-color-scheme: dark) {
  .box { color: #eceef2; background: #1f2227; border-color: #3a3f48; }
  a { background: #8ab4ff; color: #10141b; }
  :focus-visible { outline-color: #8ab4ff; }
}
@media (prefers-reduced-motion: no-preference) {
  .popup, .banner { animation: in .2s ease-out; }
  @keyframes in { from { opacity: 0; transform: translateY(12px); } }
}`;

  /** The visitor, as the page or Segment's client in it knows them. Nothing is made up and nothing is stored. */
  function visitor() {
    if (anonymousId) return anonymousId;
    try {
      const stored = localStorage.getItem('ajs_anonymous_id');
      return stored ? stored.replace(/^"|"$/g, '') : null;
    } catch {
      return null;
    }
  }

  /** @param {string} path @param {object} body */
  const call = (path, body) =>
    fetch(base + path, {
      method: 'POST',
      keepalive: true,
      credentials: 'omit',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    });

  /** @param {string} name @param {Record<string, string>} [properties] @param {string} [text] */
  function element(name, properties = {}, text) {
    const made = document.createElement(name);
    for (const [property, value] of Object.entries(properties)) made.setAttribute(property, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /** @param {any} item @param {string} format @param {Element | null} target */
  function place(item, format, target) {
    const said = new Set();
    /** @param {string} outcome */
    const report = (outcome) => {
      if (said.has(outcome)) return;
      said.add(outcome);
      call('/v1/placements/outcomes', { token: item.token, outcome }).catch(() => said.delete(outcome));
    };
    const host = element('div', { 'data-segue-action': item.actionId });
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const popup = format === 'popup';
    const box = element(popup ? 'dialog' : 'section', { class: `box ${format}`, 'aria-labelledby': 'title' });
    if (item.image) box.append(element('img', { src: item.image, alt: item.imageAlt }));
    box.append(element('h2', { id: 'title' }, item.title));
    if (item.body) box.append(element('p', {}, item.body));
    if (item.offerCode) {
      const line = element('p', {}, 'Your code: ');
      line.append(element('code', {}, item.offerCode));
      box.append(line);
    }
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    /** @param {string} [outcome] */
    const close = (outcome) => {
      const held = root.activeElement !== null;
      if (outcome) report(outcome);
      host.remove();
      if (held && before?.isConnected) before.focus();
    };
    if (item.link) {
      const line = element('p');
      const link = element('a', { href: item.link }, item.button);
      link.addEventListener('click', () => report('clicked'));
      line.append(link);
      box.append(line);
    }
    const shut = element('button', { type: 'button', 'aria-label': 'Close' }, '×');
    shut.addEventListener('click', () => close('dismissed'));
    box.append(shut);
    root.append(box);
    (target ?? document.body).append(host);
    if (popup) {
      const dialog = /** @type {HTMLDialogElement} */ (box);
      // Escape.
      dialog.addEventListener('cancel', () => close('dismissed'));
      dialog.showModal();
    } else {
      box.addEventListener('keydown', (event) => {
        if (/** @type {KeyboardEvent} */ (event).key === 'Escape') close('dismissed');
      });
    }
    const watch = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        watch.disconnect();
        report('shown');
      },
      { threshold: 0.5 },
    );
    watch.observe(box);
    return { close: () => close() };
  }

  /**
   * Asks for a placement and shows what comes. Where nobody knows the visitor, or nothing fits, nothing happens.
   * @param {string} placement
   * @param {{ format?: 'popup' | 'banner' | 'embedded', target?: Element | null }} [options] `format` where the content asks for
   *   none; `target` for embedded content
   */
  async function show(placement, { format = 'embedded', target = null } = {}) {
    const id = visitor();
    if (!key || !id) return null;
    try {
      const answer = await call('/v1/placements', {
        placement,
        customer: { anonymousId: id },
        page: location.pathname,
      });
      const [item] = answer.ok ? (await answer.json()).items : [];
      if (!item) return null;
      const chosen = item.format ?? format;
      return place(
        item,
        chosen === 'embedded' && !target ? 'banner' : chosen,
        chosen === 'embedded' ? target : null,
      );
    } catch {
      // A page works without us.
      return null;
    }
  }

  Object.assign(window, { segue: { show } });
  const begin = () => {
    for (const target of document.querySelectorAll('[data-segue-placement]'))
      void show(target.getAttribute('data-segue-placement') ?? '', { target });
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else begin();
})();
