import { FEATURES } from '@segue/models';
import type { Action } from '../catalogue/action.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { typeOfTrait } from '../computed-traits/computed-trait.js';
import type { ProfileSchema } from '../conditions/profile-schema.js';
import { compileDecider, type Decider } from '../decide/compile-decider.js';
import type { Policies, VersionedPolicies } from '../policy/policies.js';
import { type CompiledSegments, compileSegments } from '../segments/compile-segments.js';
import type { Segment } from '../segments/segment.js';
import { fieldWords } from './field-words.js';

/** What conditions may name in this product, and what people call it. Computed traits by any name. */
export const PROFILE_SCHEMA: ProfileSchema = {
  features: FEATURES.map(({ name }) => name),
  words: fieldWords,
};

/** As {@link PROFILE_SCHEMA}, with the computed traits that the policies define, and no others. */
function schemaOf({ computedTraits }: Policies): ProfileSchema {
  const words = new Map(computedTraits.map(({ traitId, name }) => [`computed.${traitId}`, name]));
  return {
    ...PROFILE_SCHEMA,
    computed: Object.fromEntries(computedTraits.map((trait) => [trait.traitId, typeOfTrait(trait)])),
    words: (path) => words.get(path) ?? fieldWords(path),
  };
}

/** The catalogue, the policies and the segments in force, compiled. */
export type DecidingRules = Pick<Decider, 'decide' | 'recheck' | 'warnings'> & {
  readonly catalogue: Catalogue;
  readonly policies: Policies;
  /** What conditions may name under these rules. */
  readonly schema: ProfileSchema;
  readonly segments: readonly Segment[];
  readonly segmentsOf: CompiledSegments['segmentsOf'];
  readonly explainSegment: CompiledSegments['explain'];
  action(actionId: string): Action | undefined;
};

export type CompiledRules =
  | { readonly ok: true; readonly rules: DecidingRules }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Compiles a catalogue, policies and segments, or says everything that is wrong with them, each with its path. */
export function tryCompileRules(
  catalogue: Catalogue,
  policies: VersionedPolicies,
  segments: readonly Segment[] = [],
): CompiledRules {
  const schema = schemaOf(policies.policies);
  const decider = compileDecider(catalogue, policies, schema);
  const compiled = compileSegments(segments, schema);
  if (!decider.ok || !compiled.ok) {
    return {
      ok: false,
      problems: [...(decider.ok ? [] : decider.problems), ...(compiled.ok ? [] : compiled.problems)],
    };
  }
  const byId = new Map<string, Action>(catalogue.actions.map((action) => [action.actionId, action]));
  const { decide, recheck, warnings } = decider.decider;
  return {
    ok: true,
    rules: {
      catalogue,
      policies: policies.policies,
      schema,
      segments,
      segmentsOf: compiled.compiled.segmentsOf,
      explainSegment: compiled.compiled.explain,
      action: (actionId) => byId.get(actionId),
      decide,
      recheck,
      warnings,
    },
  };
}

/** As {@link tryCompileRules}. @throws with every problem and its path, when they can't be used */
export function compileRules(
  catalogue: Catalogue,
  policies: VersionedPolicies,
  segments: readonly Segment[] = [],
): DecidingRules {
  const compiled = tryCompileRules(catalogue, policies, segments);
  if (compiled.ok) return compiled.rules;
  throw new Error(`The catalogue or the policies can't be used:\n  ${compiled.problems.join('\n  ')}`);
}
