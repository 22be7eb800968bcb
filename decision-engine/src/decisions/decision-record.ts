import type { DecisionRecord } from '../api/shapes/decision.js';
import type { DecisionDocument } from './decision-document.js';
import { decideAnswerOf } from './make-decision.js';
import { outcomeRecordOf } from './record-feedback.js';

/** A stored decision, whole: all candidates, all rules, and what came of it. */
export function decisionRecordOf(decision: DecisionDocument): DecisionRecord {
  return {
    ...decideAnswerOf(decision),
    candidates: decision.candidates,
    outcomes: decision.outcomes.map(outcomeRecordOf),
    requestedBy: decision.requestedBy,
    policyVersion: decision.versions.policies,
    catalogueVersion: decision.versions.catalogue,
    modelVersions: decision.versions.models,
  };
}
