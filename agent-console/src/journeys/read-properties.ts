export type Properties = Record<string, string | number | boolean>;
export type ReadProperties = { ok: true; properties: Properties } | { ok: false; problem: string };

/** Reads `order_id=o-17, total=40, gift=true`: numbers and yes or no as what they are, the rest as text. */
export function readProperties(text: string): ReadProperties {
  const properties: Properties = {};
  for (const part of text.split(',')) {
    if (part.trim() === '') continue;
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    if (at < 0 || name === '') return { ok: false, problem: `Expected name=value, got “${part.trim()}”` };
    properties[name] = propertyOf(part.slice(at + 1).trim());
  }
  return { ok: true, properties };
}

function propertyOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
