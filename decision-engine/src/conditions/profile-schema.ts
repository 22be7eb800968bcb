import type { JsonValue } from '@segue/models';
import type { FieldReader, FieldType, FieldValue } from './facts.js';

export type Field = { readonly type: FieldType; readonly read: FieldReader };

/** Which fields conditions may name, and of which type each is. */
export type ProfileSchema = {
  /** Names of `features.*`; absent = any name is taken for a number. */
  readonly features?: readonly string[] | undefined;
  /** Types of `traits.*`; absent = any name, type checked when it is compared. */
  readonly traits?: Readonly<Record<string, FieldType>> | undefined;
  /** Types of `computed.*`; absent = any name. */
  readonly computed?: Readonly<Record<string, FieldType>> | undefined;
  /** Types of `context.*` beyond the built-in ones; absent = any name. */
  readonly contextFacts?: Readonly<Record<string, FieldType>> | undefined;
  /** What people call a field: "Parcels that are late". Explanations say that instead of the path. */
  readonly words?: ((path: string) => string | undefined) | undefined;
  /** Names a ranking formula may use besides. */
  readonly variables?: readonly string[] | undefined;
};

/** Everything may be named; types are checked when values are compared. */
export const OPEN_PROFILE_SCHEMA: ProfileSchema = {};

const FIXED_FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['language', { type: 'text', read: (facts) => facts.profile.language ?? undefined }],
  ['timeZone', { type: 'text', read: (facts) => facts.profile.timeZone }],
  ['firstSeenAt', { type: 'date', read: (facts) => facts.profile.firstSeenAt ?? undefined }],
  ['noProfiling', { type: 'boolean', read: (facts) => facts.profile.noProfiling }],
  [
    'sentiment',
    {
      type: 'number',
      read: (facts) => (facts.profilingHidden ? undefined : (facts.profile.sentiment ?? undefined)),
    },
  ],
  [
    'segments',
    { type: 'list', read: (facts) => (facts.profilingHidden ? undefined : facts.profile.segments) },
  ],
  ['lists', { type: 'list', read: (facts) => facts.profile.lists ?? [] }],
  [
    'scores.churn',
    {
      type: 'number',
      read: (facts) => (facts.profilingHidden ? undefined : facts.profile.scores.churn?.value),
    },
  ],
  [
    'scores.value',
    {
      type: 'number',
      read: (facts) => (facts.profilingHidden ? undefined : facts.profile.scores.value?.value),
    },
  ],
  ['context.channel', { type: 'text', read: (facts) => facts.channel ?? undefined }],
  ['context.placement', { type: 'text', read: (facts) => facts.context.placement }],
  ['context.topic', { type: 'text', read: (facts) => facts.context.topic }],
  ['context.page', { type: 'text', read: (facts) => facts.context.page }],
  ['context.intents', { type: 'list', read: (facts) => facts.context.intents ?? [] }],
  ['local.hour', { type: 'number', read: (facts) => facts.localTime().hour }],
  ['local.weekday', { type: 'text', read: (facts) => facts.localTime().weekday }],
]);

export type NamedField = { readonly path: string; readonly type: FieldType; readonly words: string };

/** The fields that can be listed: those of fixed names, features, and traits and facts where the schema names them. Consent and other traits are named by who writes. */
export function namedFields(schema: ProfileSchema): readonly NamedField[] {
  const typed = (root: string, types: Readonly<Record<string, FieldType>> = {}) =>
    Object.entries(types).map(([name, type]) => ({ path: `${root}.${name}`, type }));
  return [
    ...[...FIXED_FIELDS].map(([path, { type }]) => ({ path, type })),
    ...(schema.features ?? []).map((name) => ({ path: `features.${name}`, type: 'number' as const })),
    ...typed('traits', schema.traits),
    ...typed('computed', schema.computed),
    ...typed('context', schema.contextFacts),
  ].map(({ path, type }) => ({ path, type, words: schema.words?.(path) ?? path }));
}

export type FoundField =
  | { readonly ok: true; readonly field: Field }
  | { readonly ok: false; readonly expected: string };

function oneOf(names: readonly string[]): string {
  return names.length > 12
    ? `one of ${names.slice(0, 12).join(', ')} … (${names.length} names)`
    : `one of ${names.join(', ')}`;
}

function fromJson(value: JsonValue | undefined): FieldValue | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'object') return value;
  if (!Array.isArray(value)) return undefined;
  return value.filter((item) => item !== null && typeof item !== 'object') as (string | number | boolean)[];
}

/** Never what an object inherits: a trait may be called "constructor". */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Looks a field path up; a path that does not exist says which there are. */
export function findField(path: string, schema: ProfileSchema): FoundField {
  const fixed = FIXED_FIELDS.get(path);
  if (fixed !== undefined) return { ok: true, field: fixed };
  const dot = path.indexOf('.');
  const [root, name] = dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot + 1)];
  switch (root) {
    case 'features':
      if (schema.features !== undefined && !schema.features.includes(name)) {
        return { ok: false, expected: `a feature: ${oneOf(schema.features)}` };
      }
      return {
        ok: true,
        field: {
          type: 'number',
          read: (facts) =>
            facts.profilingHidden ? undefined : (own(facts.profile.features, name) ?? undefined),
        },
      };
    case 'traits': {
      const type = schema.traits === undefined ? 'any' : own(schema.traits, name);
      if (type === undefined)
        return { ok: false, expected: `a trait: ${oneOf(Object.keys(schema.traits ?? {}))}` };
      return { ok: true, field: { type, read: (facts) => own(facts.profile.traits, name) ?? undefined } };
    }
    case 'computed': {
      const type = schema.computed === undefined ? 'any' : own(schema.computed, name);
      if (type === undefined)
        return { ok: false, expected: `a computed trait: ${oneOf(Object.keys(schema.computed ?? {}))}` };
      return {
        ok: true,
        field: {
          type,
          read: (facts) => (facts.profilingHidden ? undefined : own(facts.profile.computed ?? {}, name)),
        },
      };
    }
    case 'context': {
      const type = schema.contextFacts === undefined ? 'any' : own(schema.contextFacts, name);
      if (type === undefined) {
        return {
          ok: false,
          expected: `a fact of the context: ${oneOf(Object.keys(schema.contextFacts ?? {}))}`,
        };
      }
      return { ok: true, field: { type, read: (facts) => fromJson(own(facts.context.facts ?? {}, name)) } };
    }
    case 'consent':
      return findConsent(name);
    default:
      if (schema.variables?.includes(path) === true) {
        return { ok: true, field: { type: 'number', read: (facts) => facts.variables?.[path] } };
      }
      return {
        ok: false,
        expected: `${oneOf([...FIXED_FIELDS.keys(), ...(schema.variables ?? [])])}, or features.*, traits.*, computed.*, context.*, consent.*`,
      };
  }
}

function findConsent(name: string): FoundField {
  const [channel, purpose] = name.split('.');
  if (channel === undefined || (purpose !== 'marketing' && purpose !== 'service')) {
    return { ok: false, expected: '"consent.<channel>.marketing" or "consent.<channel>.service"' };
  }
  return {
    ok: true,
    field: {
      type: 'text',
      read: (facts) => own(facts.profile.consent, channel)?.[purpose]?.state ?? 'unknown',
    },
  };
}
