'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { ruleWords } from '../decision/rule-words';
import { Link } from '../design/link';
import type { CandidateRecord, DecisionRecord } from '../engine/engine-types';
import styles from './next-actions.module.css';

type Props = { record: UseQueryResult<DecisionRecord>; decisionId: string };

/** Quietly: what else was considered, and why not. */
export function Considered({ record, decisionId }: Props): React.ReactNode {
  const fallen = record.data?.candidates.filter((candidate) => !candidate.stayed) ?? [];
  const total = record.data?.candidates.length ?? 0;
  return (
    <details className={styles.considered}>
      <summary className={styles.consideredHead}>
        <ChevronRight size={14} className={styles.chevron} />
        What else was considered
        <span className={styles.consideredCount}>
          {total === 0 ? '' : `${fallen.length} of ${total} fell out`}
        </span>
      </summary>
      {record.data !== undefined && fallen.length === 0 ? (
        <p className={styles.consideredNone}>Nothing fell out: every candidate may be offered.</p>
      ) : null}
      <ul>
        {fallen.slice(0, 8).map((candidate) => (
          <li key={`${candidate.actionId} ${candidate.treatmentId}`} className={styles.candidate}>
            <span className={styles.candidateName}>{candidate.name}</span>
            <span className={styles.candidateWhy}>{whyNot(candidate)}</span>
          </li>
        ))}
      </ul>
      <Link href={`/decisions/${encodeURIComponent(decisionId)}`} className={styles.answerLink}>
        The whole record of this decision
      </Link>
    </details>
  );
}

/** The first rule that did not pass. */
function whyNot(candidate: CandidateRecord): string {
  const failed = candidate.rules.find((rule) => !rule.passed);
  return failed === undefined ? 'Another action came first' : ruleWords(failed);
}
