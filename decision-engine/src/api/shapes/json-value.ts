import { z } from 'zod';

/** The store nests no deeper than 100, and content stands a few levels down. */
const DEEPEST = 40;
/** Means something else to the store's encoding. */
const RESERVED_KEYS = new Set(['_bsontype', '__proto__']);

type Nested = { readonly value: unknown; readonly depth: number };

/** What can't be stored about JSON from outside; null = nothing. Walks without recursion: depth is what it looks for. */
function problemOf(root: unknown): string | null {
  const waiting: Nested[] = [{ value: root, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, depth } = next;
    if (typeof value === 'number' && !Number.isFinite(value)) return 'finite numbers only';
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= DEEPEST) return `at most ${DEEPEST} levels deep`;
    for (const [key, member] of Object.entries(value)) {
      if (RESERVED_KEYS.has(key) || key.includes('\u0000') || key.startsWith('$'))
        return `no key like ${JSON.stringify(key.slice(0, 40))}`;
      waiting.push({ value: member, depth: depth + 1 });
    }
  }
  return null;
}

/** JSON of any form that can be stored as it is. What it means is checked elsewhere. */
export const storableJson = z.unknown().superRefine((value, context) => {
  const expected = problemOf(value);
  if (expected !== null) context.addIssue({ code: 'custom', message: expected });
});

const SAFE_KEYS = {
  pattern: String.raw`^([^$\u0000][^\u0000]*)?$`,
  not: { enum: [...RESERVED_KEYS] },
};

/** The same for readers of JSON Schema: as components of the specification, since they name themselves. */
export const STORABLE_JSON_COMPONENTS: Readonly<Record<string, z.core.JSONSchema.BaseSchema>> = {
  Json: {
    anyOf: [
      { type: ['string', 'number', 'boolean', 'null'] },
      { type: 'array', items: { $ref: '#/components/schemas/Json' } },
      { $ref: '#/components/schemas/JsonObject' },
    ],
  },
  JsonObject: {
    type: 'object',
    propertyNames: SAFE_KEYS,
    additionalProperties: { $ref: '#/components/schemas/Json' },
  },
};
