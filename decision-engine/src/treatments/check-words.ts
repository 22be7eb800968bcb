import { compileTemplate, createEmailLayouts, describeTemplateProblem } from '@segue/integrations';
import type { Action } from '../catalogue/action.js';
import type { Treatment } from '../catalogue/treatment.js';
import type { ComputedTrait } from '../computed-traits/computed-trait.js';
import type { CompileProblem } from '../conditions/compile-condition.js';
import { problemTexts } from '../conditions/problem-text.js';

export type CheckedWords = { readonly problems: readonly string[]; readonly warnings: readonly string[] };

type Path = readonly (string | number)[];
type Known = { readonly computed: ReadonlySet<string>; readonly offer: boolean };

/** What only a layout may use. */
const LAYOUT_VARIABLES: ReadonlySet<string> = new Set([
  'sender.name',
  'sender.postalAddress',
  'links.unsubscribe',
  'links.preferences',
  'survey.low',
  'survey.high',
  'survey.answers',
]);

const layouts = createEmailLayouts();

/** Why a variable will never have a value; null = it may. */
function neverKnown(variable: string, { computed, offer }: Known): string | null {
  const [root = '', name = '', rest = ''] = variable.split('.', 3);
  switch (root) {
    case 'channel':
      return null;
    case 'context':
      return name === '' ? 'a fact of the context: "context.order_id"' : null;
    case 'offer':
      if (!offer) return 'no offer code, since the treatment makes no offer';
      return name === 'code' ? null : '"offer.code"';
    case 'customer':
      if (name === '') return 'a trait of the customer: "customer.firstName"';
      if (name !== 'computed' || computed.has(rest)) return null;
      return `a computed trait: ${[...computed].join(', ') || 'there are none'}`;
    default:
      return 'customer.*, context.*, channel or offer.code';
  }
}

function variableProblems(
  variables: readonly string[],
  { path, known, layout = false }: { readonly path: Path; readonly known: Known; readonly layout?: boolean },
): CompileProblem[] {
  return variables.flatMap((variable) => {
    if (layout && LAYOUT_VARIABLES.has(variable)) return [];
    const expected = neverKnown(variable, known);
    return expected === null
      ? []
      : [{ path, expected: `words that ask for ${expected}`, got: `{{ ${variable} }}` }];
  });
}

function textProblems(source: string, path: Path, known: Known): CompileProblem[] {
  if (!source.includes('{')) return [];
  const compiled = compileTemplate(source, 'text');
  if (!compiled.ok)
    return [{ path, expected: 'a Liquid template', got: describeTemplateProblem(compiled.problem) }];
  return variableProblems(compiled.template.variables, { path, known });
}

async function layoutProblems(mjml: string, path: Path, known: Known): Promise<CompileProblem[]> {
  const compiled = await layouts.compile(mjml);
  if (!compiled.ok)
    return [{ path, expected: 'a layout in MJML', got: describeTemplateProblem(compiled.problem) }];
  return variableProblems(compiled.template.variables, { path, known, layout: true });
}

async function treatmentProblems(
  treatment: Treatment,
  at: Path,
  computed: Known['computed'],
): Promise<CompileProblem[]> {
  const known = { computed, offer: treatment.offer !== undefined };
  const { title, subject, body, talkTrack, mjml, attributes } = treatment;
  const texts = [
    ['title', title],
    ['subject', subject],
    ['body', body],
    ['talkTrack', talkTrack],
  ] as const;
  return [
    ...texts.flatMap(([name, source]) =>
      source === undefined ? [] : textProblems(source, [...at, name], known),
    ),
    ...Object.entries(attributes).flatMap(([name, source]) =>
      typeof source === 'string' ? textProblems(source, [...at, 'attributes', name], known) : [],
    ),
    ...(mjml === undefined ? [] : await layoutProblems(mjml, [...at, 'mjml'], known)),
  ];
}

/** Channels on which an action has words for some languages and for no others. */
function languageWarnings({ treatments }: Action, index: number): string[] {
  const channels = [...new Set<string>(treatments.map(({ channel }) => channel))];
  return channels.flatMap((channel) => {
    const languages = treatments.filter((each) => each.channel === channel).map(({ language }) => language);
    if (languages.includes(undefined)) return [];
    const listed = [...new Set(languages)].join(', ');
    return [
      `"actions[${index}].treatments" has words on ${channel} in ${listed} only: customers of other languages get none. A treatment without "language" is for all others`,
    ];
  });
}

/**
 * What is wrong with the words of treatments before anybody is to get them: templates and layouts that can't be read, and
 * variables that will never have a value. A trait or a fact of the context may be known of some customers, so those pass: that
 * one is missing shows before the message is sent.
 */
export async function checkWords(
  actions: readonly Action[],
  computedTraits: readonly ComputedTrait[],
): Promise<CheckedWords> {
  const computed = new Set(computedTraits.map(({ traitId }) => traitId));
  const problems: CompileProblem[] = [];
  for (const [index, { treatments }] of actions.entries()) {
    for (const [place, treatment] of treatments.entries())
      problems.push(
        ...(await treatmentProblems(treatment, ['actions', index, 'treatments', place], computed)),
      );
  }
  return { problems: problemTexts(problems), warnings: actions.flatMap(languageWarnings) };
}
