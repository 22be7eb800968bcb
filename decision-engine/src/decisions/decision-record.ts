import type { CandidateRecord, DecisionRecord } from '../api/shapes/decision.js';
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
    rules: candidate.rules.map(({ stage, rule, passed, detail, compared }) => ({
      rule: `${stage}: ${rule}`,
      passed,
      detail,
      ...(compared === undefined || compared === null ? {} : { compared }),
    })),
    priority: priority?.priority ?? null,
    arithmetic: priority?.arithmetic ?? null,
    probability,
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
    outcomes: decision.outcomes.map(outcomeRecordOf),
    requestedBy: decision.requestedBy,
    policyVersion: decision.versions.policies,
    catalogueVersion: decision.versions.catalogue,
    modelVersions: decision.versions.models,
  };
}
