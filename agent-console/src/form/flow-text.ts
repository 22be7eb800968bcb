/** Plain data on one line, as YAML reads it: `{ field: traits.age, op: gte, value: 18 }`. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(flowText).join(', ')} ]`;
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).flatMap(([key, each]) =>
      each === undefined ? [] : [`${word(key)}: ${flowText(each)}`],
    );
    return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
  }
  return typeof value === 'string' ? word(value) : JSON.stringify(value);
}

/** Words that YAML would read as something else than text. */
const NOT_TEXT = /^(?:true|false|null|yes|no|on|off|y|n|~)$/i;

/** A text as it stands where nobody could take it for something else, else in quotes. */
function word(text: string): string {
  return /^[A-Za-z_][\w./-]*(?: [\w./-]+)*$/.test(text) && !NOT_TEXT.test(text) ? text : JSON.stringify(text);
}
