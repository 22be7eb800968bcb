export type StepFact = { name: string; text: string };

/** Said elsewhere, or nothing to people. */
const LEFT_OUT = new Set(['id', 'type', 'name', 'next', 'none', 'timedOut']);

/** What a step of a definition says, field by field; empty where there is no such step. */
export function stepFacts(definition: unknown, stepId: string): StepFact[] {
  const steps: unknown = Reflect.get(Object(definition), 'steps');
  if (!Array.isArray(steps)) return [];
  const step: unknown = steps.find((each: unknown) => Reflect.get(Object(each), 'id') === stepId);
  return Object.entries(Object(step)).flatMap(([name, value]) =>
    LEFT_OUT.has(name) || isNothing(value) ? [] : [{ name: wordsOf(name), text: textOf(value) }],
  );
}

function isNothing(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}

/** `dueIn` as `Due in`. */
function wordsOf(name: string): string {
  const spaced = name.replace(/([A-Z])/g, ' $1').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(', ');
  return JSON.stringify(value)
    .replace(/["{}]/g, '')
    .replace(/([:,])/g, '$1 ');
}
