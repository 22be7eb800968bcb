import type { z } from 'zod';

type Step = PropertyKey;

function pathText(name: string, path: readonly Step[]): string {
  return path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`,
    name,
  );
}

/** What stands at a path of the input; undefined where nothing does. */
export function valueAt(input: unknown, path: readonly Step[]): unknown {
  let value = input;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = value instanceof Date ? value.toISOString() : (JSON.stringify(value) ?? String(value));
  const type = value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
  return `${text.length > 80 ? `${text.slice(0, 77)}…` : text} (${type})`;
}

/** What was wanted, to follow the name of the field: "to be >= 0", "to have at least 1 entries". */
export function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `to be ${issue.expected === 'array' ? 'a list' : issue.expected}`;
    case 'too_small':
      return issue.origin === 'number'
        ? `to be ${issue.inclusive === false ? '>' : '>='} ${issue.minimum}`
        : `to have at least ${issue.minimum} ${issue.origin === 'string' ? 'characters' : 'entries'}`;
    case 'too_big':
      return issue.origin === 'number'
        ? `to be ${issue.inclusive === false ? '<' : '<='} ${issue.maximum}`
        : `to have at most ${issue.maximum} ${issue.origin === 'string' ? 'characters' : 'entries'}`;
    case 'invalid_value':
      return `to be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'invalid_format':
    case 'custom':
      return `to be ${issue.message}`;
    case 'not_multiple_of':
      return `to be a multiple of ${issue.divisor}`;
    case 'invalid_union':
      // A tag that tells the branches apart is wrong or missing: no branch was tried.
      if ('options' in issue && Array.isArray(issue.options) && issue.errors.length === 0) {
        return `to be one of ${issue.options.map((option) => JSON.stringify(option)).join(', ')}`;
      }
      return `to be ${issue.errors.map((branch) => branch.map(shortExpectation).join(' and ')).join(', or ')}`;
    case 'invalid_key':
    case 'invalid_element':
    case 'unrecognized_keys':
      return `to be right: ${issue.message}`;
  }
}

/** The same without "to be", to stand by itself. */
export function shortExpectation(issue: z.core.$ZodIssue): string {
  return expectation(issue).replace(/^to be /, '');
}

/**
 * Turns zod issues into messages that name field, requirement and value:
 * `Expected "actions[0].cost" to be >= 0, got -3 (number)`.
 */
export function describeIssues(
  issues: readonly z.core.$ZodIssue[],
  source: { readonly input: unknown; readonly name: string },
): string[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => `Unknown field "${pathText(source.name, [...issue.path, key])}"`);
    }
    return [
      `Expected "${pathText(source.name, issue.path)}" ${expectation(issue)}, got ${valueText(valueAt(source.input, issue.path))}`,
    ];
  });
}
