import { type CompiledTemplate, compileTemplate, TEMPLATE_LIMITS } from '../templates/template.js';

const LIQUID = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;

function problem(message: string): CompiledTemplate {
  return { ok: false, problem: { kind: 'syntax', message } };
}

/** Attributes come out of MJML with their quotes written as entities; Liquid has to see what the author wrote. */
function asWritten(tag: string): string {
  return tag
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** The first Liquid tag that MJML left out, as it leaves out all text between sections. */
function lostTag(source: string, html: string): string | undefined {
  const kept = new Set([...html.matchAll(LIQUID)].map(([tag]) => asWritten(tag)));
  return [...source.matchAll(LIQUID)].map(([tag]) => tag).find((tag) => !kept.has(asWritten(tag)));
}

function wordsOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const line: unknown = Reflect.get(error, 'line');
  const tag: unknown = Reflect.get(error, 'tagName');
  const words = String(Reflect.get(error, 'message') ?? error);
  return typeof line === 'number' ? `line ${line} (${String(tag)}): ${words}` : words;
}

/**
 * Reads an e-mail written in MJML with Liquid in it, once; filling it in for a customer is then plain text work. Values are
 * escaped as in every HTML template. Files (`mj-include`) and fonts from elsewhere are not loaded. Liquid between sections or
 * columns has to stand in `<mj-raw>`; what MJML would drop silently is a problem here.
 */
export async function compileMjml(source: string): Promise<CompiledTemplate> {
  if (source.length > TEMPLATE_LIMITS.sourceLength) {
    const message = `Expected a template of at most ${TEMPLATE_LIMITS.sourceLength} characters, got ${source.length}`;
    return { ok: false, problem: { kind: 'limit', message } };
  }
  if (/<mj-include\b/i.test(source)) return problem('Expected no <mj-include>: a template reads no files');
  if (!/<\/mj-body>\s*<\/mjml>\s*$/i.test(source))
    return problem('Expected it to end with </mj-body></mjml>');
  // Half a second to load, so not before somebody needs it.
  const { default: mjml } = await import('mjml');
  let html: string;
  try {
    const made = await mjml(source, { validationLevel: 'strict', ignoreIncludes: true, fonts: {} });
    html = made.html;
  } catch (error) {
    const errors: unknown =
      typeof error === 'object' && error !== null ? Reflect.get(error, 'errors') : undefined;
    const [first] = Array.isArray(errors) && errors.length > 0 ? errors : [error];
    return problem(`MJML: ${wordsOf(first)}`);
  }
  const lost = lostTag(source, html);
  if (lost !== undefined) return problem(`Expected ${lost} inside <mj-raw> or a text, where MJML keeps it`);
  return compileTemplate(html.replace(LIQUID, asWritten), 'html');
}
