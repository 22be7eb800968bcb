/** The text under a key of what came from outside; undefined where there is none, or an empty one. */
export function textIn(object: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = object[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
