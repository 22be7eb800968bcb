import type { CompiledRanking } from '../arbitration/prioritise.js';
import type { Ranking } from '../arbitration/ranking.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import {
  type CompileProblem,
  type CompileTarget,
  compileCondition,
} from '../conditions/compile-condition.js';
import { compileFormula } from '../conditions/compile-formula.js';
import { problemTexts } from '../conditions/problem-text.js';
import { OPEN_PROFILE_SCHEMA, type ProfileSchema } from '../conditions/profile-schema.js';
import type { VersionedPolicies } from '../policy/policies.js';
import { unknownReferences } from '../policy/unknown-references.js';
import { type CompiledCandidate, compileCandidates } from './compile-candidates.js';
import { decide } from './decide.js';
import type { DecideInput } from './decide-input.js';
import type { DecisionResult } from './decision-result.js';
import type { CompiledIntent } from './derive-intents.js';
import { type RecheckInput, type RecheckResult, recheck } from './recheck.js';
import { contactHorizonMs } from './rules/contact-rules.js';
import { RuleSharing } from './rules/rule-sharing.js';

/** A catalogue and policies, compiled once and used for any number of decisions. */
export type Decider = {
  readonly catalogue: Catalogue;
  readonly policies: VersionedPolicies;
  readonly decide: (input: DecideInput) => DecisionResult;
  /** To be asked again at the moment of sending. */
  readonly recheck: (input: RecheckInput) => RecheckResult;
  /** The longest look back of any limit or cooldown, in milliseconds: how much contact history to load at least. */
  readonly historyMs: number;
  /** Rules that do nothing, because they name what the catalogue doesn't have. */
  readonly warnings: readonly string[];
};

export type CompiledCatalogue = {
  readonly versions: { readonly catalogue: string; readonly policies: string };
  readonly policies: VersionedPolicies['policies'];
  readonly byChannel: ReadonlyMap<string, readonly CompiledCandidate[]>;
  readonly intents: readonly CompiledIntent[];
  readonly ranking: CompiledRanking;
  /** Rankings that variants of experiments run under, by "experiment/variant". */
  readonly variantRankings: ReadonlyMap<string, CompiledRanking>;
};

export type CompiledDecider =
  | { readonly ok: true; readonly decider: Decider }
  | { readonly ok: false; readonly problems: readonly string[] };

const RANKING_VARIABLES = ['propensity', 'context', 'value', 'levers', 'contactCost'];

function compileRanking(ranking: Ranking, target: CompileTarget): CompiledRanking {
  const schema = { ...target.schema, variables: RANKING_VARIABLES };
  const { factors, minimumPropensity, minimumPriority } = ranking;
  const formula =
    ranking.formula === undefined
      ? undefined
      : compileFormula(ranking.formula, { ...target, schema, path: [...target.path, 'formula'] });
  return { factors, formula, minimumPropensity, minimumPriority };
}

function groupByChannel(candidates: readonly CompiledCandidate[]): Map<string, CompiledCandidate[]> {
  const byChannel = new Map<string, CompiledCandidate[]>();
  for (const candidate of candidates) {
    const list = byChannel.get(candidate.treatment.channel);
    if (list === undefined) byChannel.set(candidate.treatment.channel, [candidate]);
    else list.push(candidate);
  }
  return byChannel;
}

/**
 * Checks every condition and formula against the profile schema and compiles all of it.
 *
 * @returns the decider, or every problem with its path: `Expected "actions[3].eligibility[0].when.field" to be …`
 */
export function compileDecider(
  catalogue: Catalogue,
  versioned: VersionedPolicies,
  schema: ProfileSchema = OPEN_PROFILE_SCHEMA,
): CompiledDecider {
  const { policies } = versioned;
  const problems: CompileProblem[] = [];
  const source = { policies, schema, problems, sharing: new RuleSharing() };
  const candidates = catalogue.actions.flatMap((action, place) => compileCandidates(action, place, source));
  const intents = policies.intents.map(({ intent, when }, index) => ({
    intent,
    when: compileCondition(when, { schema, problems, path: ['policies', 'intents', index, 'when'] }),
  }));
  const ranking = compileRanking(policies.ranking, { schema, problems, path: ['policies', 'ranking'] });
  const variantRankings = new Map<string, CompiledRanking>();
  policies.experiments.forEach((experiment, index) => {
    experiment.variants.forEach((variant, place) => {
      if (variant.ranking === undefined) return;
      const path = ['policies', 'experiments', index, 'variants', place, 'ranking'];
      const key = `${experiment.experimentId}/${variant.variantId}`;
      variantRankings.set(key, compileRanking(variant.ranking, { schema, problems, path }));
    });
  });
  if (problems.length > 0) {
    return { ok: false, problems: problemTexts(problems) };
  }
  const compiled: CompiledCatalogue = {
    versions: { catalogue: catalogue.version, policies: versioned.version },
    policies,
    byChannel: groupByChannel(candidates),
    intents,
    ranking,
    variantRankings,
  };
  return {
    ok: true,
    decider: {
      catalogue,
      policies: versioned,
      decide: (input) => decide(compiled, input),
      recheck: (input) => recheck(compiled, input),
      historyMs: contactHorizonMs(policies.contact),
      warnings: unknownReferences(policies, catalogue.actions),
    },
  };
}
