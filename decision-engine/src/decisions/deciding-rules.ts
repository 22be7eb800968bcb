import { FEATURES } from '@segue/models';
import type { Action } from '../catalogue/action.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { ProfileSchema } from '../conditions/profile-schema.js';
import { compileDecider, type Decider } from '../decide/compile-decider.js';
import type { Policies, VersionedPolicies } from '../policy/policies.js';
import { type CompiledSegments, compileSegments } from '../segments/compile-segments.js';
import type { Segment } from '../segments/segment.js';
import { fieldWords } from './field-words.js';

/** What conditions may name in this product, and what people call it. */
export const PROFILE_SCHEMA: ProfileSchema = {
  features: FEATURES.map(({ name }) => name),
  words: fieldWords,
};

/** The catalogue, the policies and the segments in force, compiled. */
export type DecidingRules = Pick<Decider, 'decide' | 'recheck' | 'warnings'> & {
  readonly catalogue: Catalogue;
  readonly policies: Policies;
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
  const decider = compileDecider(catalogue, policies, PROFILE_SCHEMA);
  const compiled = compileSegments(segments, PROFILE_SCHEMA);
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
