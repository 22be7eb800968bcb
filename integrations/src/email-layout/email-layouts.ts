import type { CompiledTemplate, Rendered } from '../templates/template.js';
import { compileMjml } from './compile-mjml.js';
import { DEFAULT_LAYOUT } from './default-layout.js';
import type { LayoutVariables, PlainMessage } from './email-variables.js';
import { withFooter } from './footer.js';
import { paragraphsOf } from './paragraphs.js';

/** Layouts in use at once; more than any catalogue has. */
const MOST = 500;
const PREVIEW_LENGTH = 120;

export type EmailLayouts = {
  /** Reads a layout, or hands back what was read before: the same source is compiled once. */
  compile(mjml: string): Promise<CompiledTemplate>;
  /** HTML of a message with a layout of its own. */
  render(mjml: string, variables: LayoutVariables & Readonly<Record<string, unknown>>): Promise<Rendered>;
  /** HTML of a message that is text alone. */
  renderPlain(message: PlainMessage, variables: LayoutVariables): Promise<Rendered>;
};

export function createEmailLayouts(compileSource: typeof compileMjml = compileMjml): EmailLayouts {
  const known = new Map<string, Promise<CompiledTemplate>>();
  const compile: EmailLayouts['compile'] = (mjml) => {
    const before = known.get(mjml);
    if (before !== undefined) return before;
    if (known.size >= MOST) known.clear();
    const compiled = compileSource(withFooter(mjml));
    known.set(mjml, compiled);
    // A fault is not remembered.
    compiled.catch(() => known.delete(mjml));
    return compiled;
  };
  const render: EmailLayouts['render'] = async (mjml, variables) => {
    const compiled = await compile(mjml);
    return compiled.ok ? compiled.template.render(variables) : compiled;
  };
  return {
    compile,
    render,
    renderPlain: (message, variables) => {
      const { text, ...rest } = message;
      const preview = text.replace(/\s+/g, ' ').trim().slice(0, PREVIEW_LENGTH);
      return render(DEFAULT_LAYOUT, {
        ...variables,
        message: { ...rest, preview, paragraphs: paragraphsOf(text) },
      });
    },
  };
}
