/** HTML that is safe to put into a page as it is. */
export type Markup = { readonly markup: string };

type Part = Markup | string | number | null | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function written(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string' || typeof part === 'number')
    return String(part).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
  return 'markup' in part ? part.markup : part.map(written).join('');
}

/** Writes HTML; every value filled in is escaped unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return {
    markup: strings.reduce((text, string, index) => text + written(parts[index - 1] ?? null) + string),
  };
}
