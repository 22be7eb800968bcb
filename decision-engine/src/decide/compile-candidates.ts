import { type CompiledWorth, compileWorth } from '../arbitration/compile-priority.js';
import type { Action } from '../catalogue/action.js';
import type { Treatment } from '../catalogue/treatment.js';
import type { CompileProblem, CompileTarget } from '../conditions/compile-condition.js';
import type { ProfileSchema } from '../conditions/profile-schema.js';
import { murmur3 } from '../exploration/murmur3.js';
import type { Policies } from '../policy/policies.js';
import { selects } from '../policy/selector.js';
import type { ScoreRequest } from './decide-input.js';
import { type CompiledContactRules, contactRules } from './rules/contact-rules.js';
import { conditionRule } from './rules/engagement-rules.js';
import { experimentRules } from './rules/experiment-rules.js';
import { fitRules } from './rules/fit-rules.js';
import { limitRules } from './rules/limit-rules.js';
import { permissionRules } from './rules/permission-rules.js';
import type { CompiledRule, RuleTarget } from './rules/rule.js';
import type { RuleSharing } from './rules/rule-sharing.js';

/** One action with one treatment, and every rule that can stop it, ready to run. */
export type CompiledCandidate = RuleTarget & {
  readonly key: string;
  /** Of `key`, for draws that break ties. */
  readonly keyHash: number;
  readonly request: ScoreRequest;
  readonly rules: readonly CompiledRule[];
  readonly contact: CompiledContactRules;
  readonly worth: CompiledWorth;
};

type Source = {
  readonly policies: Policies;
  readonly schema: ProfileSchema;
  readonly problems: CompileProblem[];
  readonly sharing: RuleSharing;
};

const STAGES_OF_ACTION = ['eligibility', 'applicability', 'suitability'] as const;

function engagement(target: RuleTarget, place: number, source: Source): CompiledRule[] {
  const { action, treatment } = target;
  // What the facts of a decision differ by between its candidates.
  const alikeFacts = `${treatment.channel}|${action.class === 'promotional'}`;
  const compile = (path: readonly (string | number)[]): CompileTarget => ({
    schema: source.schema,
    problems: source.problems,
    path: [...path, 'when'],
  });
  return STAGES_OF_ACTION.flatMap((stage) => [
    ...source.policies.engagement.flatMap((rule, index) =>
      rule.stage === stage && selects(rule.appliesTo, action, treatment.channel)
        ? [
            source.sharing.share(`engagement|${index}|${alikeFacts}`, () =>
              conditionRule(rule, target, compile(['policies', 'engagement', index])),
            ),
          ]
        : [],
    ),
    ...action[stage].map((rule, index) => {
      // Compiled for each action, so that its problems are told with its path; run once for all that ask the same.
      const compiled = conditionRule({ ...rule, stage }, target, compile(['actions', place, stage, index]));
      const asked = JSON.stringify([stage, rule.name, rule.when]);
      return source.sharing.share(`action|${asked}|${alikeFacts}`, () => compiled);
    }),
  ]);
}

function worthOf({ action, treatment }: RuleTarget, place: number, source: Source): CompiledWorth {
  const { policies } = source;
  const levers = policies.levers.filter((lever) => selects(lever.appliesTo, action, treatment.channel));
  const weights = [
    ...action.contextWeights.map((weight, index) => ({
      ...weight,
      at: ['actions', place, 'contextWeights', index],
    })),
    ...policies.contextWeights.flatMap((weight, index) =>
      selects(weight.appliesTo, action, treatment.channel)
        ? [
            {
              name: weight.name,
              when: weight.when,
              percent: weight.percent,
              at: ['policies', 'contextWeights', index],
            },
          ]
        : [],
    ),
  ];
  return compileWorth(
    action,
    { levers: [...action.levers, ...levers], weights },
    { schema: source.schema, problems: source.problems, path: ['actions', place] },
  );
}

function requestOf(action: Action, treatment: Treatment): ScoreRequest {
  return {
    actionId: action.actionId,
    treatmentId: treatment.treatmentId,
    channel: treatment.channel,
    group: action.group,
    issue: action.issue,
    class: action.class,
    startingPropensity: action.startingPropensity,
  };
}

/** @param place index of the action in the catalogue, for messages */
export function compileCandidates(action: Action, place: number, source: Source): CompiledCandidate[] {
  return action.treatments.map((treatment) => {
    const key = `${action.actionId}/${treatment.treatmentId}`;
    const target = { action, treatment };
    const contact = contactRules(target, source.policies.contact, source.sharing);
    return {
      ...target,
      key,
      keyHash: murmur3(key),
      request: requestOf(action, treatment),
      contact,
      worth: worthOf(target, place, source),
      rules: [
        ...fitRules(target, source.sharing),
        ...permissionRules(target, source.policies.contact, source.sharing),
        ...engagement(target, place, source),
        ...experimentRules(target),
        ...limitRules(target),
        ...contact.rules,
      ],
    };
  });
}
