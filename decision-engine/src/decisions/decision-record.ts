import type { CandidateRecord, DecisionRecord } from '../api/shapes/decision.js';
import { priorityText } from '../arbitration/priority-text.js';
import type { CandidateResult } from '../decide/decision-result.js';
import { unpackCandidates } from '../decide/pack-candidates.js';
import type { DecisionDocument } from './decision-document.js';
import { decideAnswerOf } from './make-decision.js';
import { outcomeRecordOf } from './record-feedback.js';

function candidateRecordOf(
  candidate: CandidateResult,
  actionName: (actionId: string) => string,
): CandidateRecord {
  const { actionId, treatmentId, channel, probability, priority } = candidate;
  return {
    actionId,
    name: actionName(actionId),
    treatmentId,
    channel,
    stayed: candidate.status === 'qualified',
    status: candidate.status,
    rules: candidate.rules.map(({ stage, rule, passed, effect, detail, compared }) => ({
      rule: `${stage}: ${rule}`,
      passed,
      detail,
      ...(effect === undefined || effect === null ? {} : { effect }),
      ...(compared === undefined || compared === null ? {} : { compared }),
    })),
    priority: priority?.priority ?? null,
    arithmetic: priority === null ? null : priorityText(priority),
    probability,
  };
}

/** What records from before there were holds, experiments and intents don't have. */
function decidedUnder({
  held,
  experiments,
  globalHoldOut,
  intents,
}: DecisionDocument): Pick<DecisionRecord, 'held' | 'experiments' | 'globalHoldOut' | 'intents'> {
  return {
    ...(held === undefined
      ? {}
      : { held: held.map(({ until, ...rest }) => ({ ...rest, until: until?.toISOString() ?? null })) }),
    ...(experiments === undefined ? {} : { experiments: experiments.map((each) => ({ ...each })) }),
    ...(globalHoldOut === undefined ? {} : { globalHoldOut }),
    ...(intents === undefined ? {} : { intents }),
  };
}

/**
 * A stored decision, whole: all candidates, all rules, and what came of it.
 * @param actionName names of today's catalogue; an action that left it is named by its id
 */
export function decisionRecordOf(
  decision: DecisionDocument,
  actionName: (actionId: string) => string,
): DecisionRecord {
  return {
    ...decideAnswerOf(decision),
    candidates: unpackCandidates(decision.candidates).map((candidate) =>
      candidateRecordOf(candidate, actionName),
    ),
    ...decidedUnder(decision),
    outcomes: decision.outcomes.map(outcomeRecordOf),
    requestedBy: decision.requestedBy,
    policyVersion: decision.versions.policies,
    catalogueVersion: decision.versions.catalogue,
    modelVersions: decision.versions.models,
  };
}
