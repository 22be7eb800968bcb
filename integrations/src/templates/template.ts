import { Liquid, LiquidError, type Template as LiquidTemplate } from 'liquidjs';

/** `html` escapes every value that is filled in; `text` (subjects, SMS, text parts) fills it in as it is. */
export type TemplateMode = 'html' | 'text';

export type TemplateProblem =
  | { readonly kind: 'syntax'; readonly message: string }
  | { readonly kind: 'missing-variable'; readonly variable: string }
  | { readonly kind: 'limit'; readonly message: string };

export type Rendered =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: TemplateProblem };

export type Template = {
  /** What it asks for from outside, as paths: `customer.firstName`. */
  readonly variables: readonly string[];
  render(variables: Readonly<Record<string, unknown>>): Rendered;
};

export type CompiledTemplate =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly problem: TemplateProblem };

export const TEMPLATE_LIMITS = {
  sourceLength: 100_000,
  outputLength: 500_000,
  objects: 100_000,
  milliseconds: 1_000,
} as const;

/** Tags that read other files, and filters that would undo the escaping or draw at random. */
const LEFT_OUT_TAGS = ['include', 'render', 'layout', 'block'];
const LEFT_OUT_FILTERS = ['raw', 'sample'];

function createEngine(mode: TemplateMode): Liquid {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    // `{{ name | default: "there" }}` and `{% if name %}` are how a template says that a value may be missing.
    lenientIf: true,
    ownPropertyOnly: true,
    templates: {},
    timezoneOffset: 0,
    locale: 'en',
    memoryLimit: TEMPLATE_LIMITS.objects,
    renderLimit: TEMPLATE_LIMITS.milliseconds,
    ...(mode === 'html' ? { outputEscape: 'escape' as const } : {}),
  });
  for (const tag of LEFT_OUT_TAGS) delete engine.tags[tag];
  for (const filter of LEFT_OUT_FILTERS) delete engine.filters[filter];
  return engine;
}

const ENGINES: Readonly<Record<TemplateMode, Liquid>> = {
  html: createEngine('html'),
  text: createEngine('text'),
};

function missingVariable(error: LiquidError): string | undefined {
  const original: object | undefined = error.originalError;
  const name: unknown = original && 'variableName' in original ? original.variableName : undefined;
  return typeof name === 'string' ? name : undefined;
}

function renderWith(
  engine: Liquid,
  parsed: LiquidTemplate[],
  variables: Readonly<Record<string, unknown>>,
): Rendered {
  try {
    const text = String(engine.renderSync(parsed, variables));
    if (text.length <= TEMPLATE_LIMITS.outputLength) return { ok: true, text };
    const message = `Expected the filled-in text to be at most ${TEMPLATE_LIMITS.outputLength} characters, got ${text.length}`;
    return { ok: false, problem: { kind: 'limit', message } };
  } catch (error) {
    if (!LiquidError.is(error)) throw error;
    const variable = missingVariable(error);
    if (variable !== undefined) return { ok: false, problem: { kind: 'missing-variable', variable } };
    const kind = error.message.includes('limit exceeded') ? 'limit' : 'syntax';
    return { ok: false, problem: { kind, message: error.message } };
  }
}

/**
 * Reads a template in the Liquid language. A variable that has no value when it is filled in is a problem that names
 * it, never an empty gap in a message; `| default:` and `{% if %}` allow for it. No files, no includes, no `raw`.
 * Only a value's own properties are seen, so `{{ x.constructor }}` is a missing variable.
 */
export function compileTemplate(source: string, mode: TemplateMode): CompiledTemplate {
  const engine = ENGINES[mode];
  if (source.length > TEMPLATE_LIMITS.sourceLength) {
    const message = `Expected a template of at most ${TEMPLATE_LIMITS.sourceLength} characters, got ${source.length}`;
    return { ok: false, problem: { kind: 'limit', message } };
  }
  try {
    const parsed = engine.parse(source);
    const variables = engine.globalFullVariablesSync(parsed);
    return { ok: true, template: { variables, render: (values) => renderWith(engine, parsed, values) } };
  } catch (error) {
    if (!LiquidError.is(error)) throw error;
    return { ok: false, problem: { kind: 'syntax', message: error.message } };
  }
}

/** A problem in words for people: `No value for "customer.firstName"`. */
export function describeTemplateProblem(problem: TemplateProblem): string {
  return problem.kind === 'missing-variable'
    ? `No value for ${JSON.stringify(problem.variable)}`
    : problem.message;
}
