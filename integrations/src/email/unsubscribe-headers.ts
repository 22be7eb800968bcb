type Header = { readonly key: string; readonly value: { readonly prepared: true; readonly value: string } };

/**
 * The headers that put an unsubscribe button into mail programs. One-click (RFC 8058) asks for HTTPS, so a plain HTTP
 * link gets `List-Unsubscribe` alone. Both have to be covered by the DKIM signature, which is the mail server's doing.
 * @returns `undefined` if the link is no HTTP URL
 */
export function unsubscribeHeaders(link: string): readonly Header[] | undefined {
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  // `href` is percent-encoded: no bracket, space or line break is left that could end the header.
  const prepared = (key: string, value: string): Header => ({ key, value: { prepared: true, value } });
  const list = prepared('List-Unsubscribe', `<${url.href.replaceAll('>', '%3E')}>`);
  const oneClick = prepared('List-Unsubscribe-Post', 'List-Unsubscribe=One-Click');
  return url.protocol === 'https:' ? [list, oneClick] : [list];
}
