/** A rule of a decision's record: `family: title`, and what it found. */
type Rule = { rule: string; detail: string };

/** Families whose title is the condition itself, in the words of whoever wrote the catalogue. */
const CONDITIONS: ReadonlySet<string> = new Set(['eligibility', 'applicability', 'suitability']);

/**
 * Why a rule let an action fall out, for people who do not know its features: the condition it was waiting for, the
 * sentence of a limit, and for the engine's own rules what they found.
 */
export function ruleWords({ rule, detail }: Rule): string {
  const colon = rule.indexOf(': ');
  const family = colon < 0 ? '' : rule.slice(0, colon);
  const title = colon < 0 ? rule : rule.slice(colon + 2);
  if (CONDITIONS.has(family)) return `Only when: ${title.charAt(0).toLowerCase()}${title.slice(1)}`;
  if (family === 'contactPolicy' && /^\p{Lu}/u.test(title)) return title;
  return detail === '' ? title : upperFirst(detail);
}

/** A name made for machines as people write it: `service-recovery` → `Service recovery`. */
export function plainName(id: string): string {
  return upperFirst(id.replaceAll(/[-_]+/g, ' '));
}

function upperFirst(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
