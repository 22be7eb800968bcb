const ANCHOR = /<a\b[^>]*?\shref=(?:"(?<double>[^"]*)"|'(?<single>[^']*)')/gi;
const ENTITY = /&(?:#(?<decimal>\d{1,7})|#x(?<hex>[0-9a-f]{1,6})|(?<name>amp|lt|gt|quot|apos));/gi;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Puts something else in the place of every match. */
function replaceMatches(
  text: string,
  pattern: RegExp,
  replacementOf: (match: RegExpMatchArray) => string,
): string {
  let replaced = '';
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const start = match.index ?? 0;
    replaced += text.slice(end, start) + replacementOf(match);
    end = start + match[0].length;
  }
  return replaced + text.slice(end);
}

function decoded(attribute: string): string {
  return replaceMatches(attribute, ENTITY, ({ 0: whole, groups }) => {
    const { decimal, hex, name } = groups ?? {};
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  }).trim();
}

const encoded = (url: string): string =>
  url.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** The address a link leads to, as it stands and as it is meant. */
function addressOf({ groups }: RegExpMatchArray): { readonly written: string; readonly url: string } {
  const written = groups?.['double'] ?? groups?.['single'] ?? '';
  return { written, url: decoded(written) };
}

/** The addresses that the links of an HTML text lead to: http and https ones, each once. */
export function linksIn(html: string): readonly string[] {
  const found = [...html.matchAll(ANCHOR)].map((match) => addressOf(match).url);
  return [...new Set(found.filter((url) => /^https?:\/\//i.test(url)))];
}

/** The same HTML with links that lead elsewhere: those that are replaced; the others stay. */
export function replaceLinks(html: string, replacements: ReadonlyMap<string, string>): string {
  return replaceMatches(html, ANCHOR, (match) => {
    const { written, url } = addressOf(match);
    const replacement = replacements.get(url);
    if (replacement === undefined) return match[0];
    const start = match[0].length - written.length - 2;
    return `${match[0].slice(0, start)}"${encoded(replacement)}"`;
  });
}
