import { compileTemplate } from '@segue/integrations';
import type { Profile } from '../customers/profile.js';
import { treatmentVariables } from './treatment-text.js';

/** One text as this customer would read it, or what is wrong with it. */
export type WordsPreview = {
  readonly text: string | null;
  readonly problem: string | null;
  /** What it asks for from outside: `customer.firstName`. */
  readonly variables: readonly string[];
};

type Asked = {
  readonly source: string;
  readonly channel: string;
  readonly context: Readonly<Record<string, unknown>>;
};

/** Fills a template in for a customer, and says what stands in the way; nothing is kept. */
export function previewWords(profile: Profile, { source, channel, context }: Asked): WordsPreview {
  const compiled = compileTemplate(source, 'text');
  if (!compiled.ok) return { text: null, problem: problemText(compiled.problem), variables: [] };
  const { variables } = compiled.template;
  const rendered = compiled.template.render(treatmentVariables(profile, channel, context));
  return rendered.ok
    ? { text: rendered.text, problem: null, variables }
    : { text: null, problem: problemText(rendered.problem), variables };
}

type Problem = Extract<ReturnType<typeof compileTemplate>, { readonly ok: false }>['problem'];

function problemText(problem: Problem): string {
  switch (problem.kind) {
    case 'missing-variable':
      return `This customer has no "${problem.variable}": the text would be left out. Say what stands there instead: {{ ${problem.variable} | default: "…" }}`;
    case 'syntax':
    case 'limit':
      return problem.message;
  }
}
