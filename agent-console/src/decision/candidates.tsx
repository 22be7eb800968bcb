import { ChevronRight } from 'lucide-react';
import { MeaningMark, MeaningTag } from '../design/meaning';
import type { CandidateRecord } from '../engine/engine-types';
import page from '../shell/page.module.css';
import styles from './decision-page.module.css';
import { ruleWords } from './rule-words';

/** Every candidate with every rule that was run on it. */
export function Candidates({ candidates }: { candidates: readonly CandidateRecord[] }): React.ReactNode {
  const stayed = candidates.filter((candidate) => candidate.stayed).length;
  return (
    <section className={page.section} aria-labelledby="candidates">
      <h2 id="candidates" className={page.sectionTitle}>
        Considered: {candidates.length}, stayed: {stayed}
      </h2>
      <ul className={styles.candidates}>
        {inOrder(candidates).map((candidate) => (
          <li key={`${candidate.actionId} ${candidate.treatmentId}`}>
            <Candidate candidate={candidate} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who stayed first, by priority; the others as the catalogue has them. */
function inOrder(candidates: readonly CandidateRecord[]): readonly CandidateRecord[] {
  return candidates.toSorted(
    (one, other) => Number(other.stayed) - Number(one.stayed) || (other.priority ?? 0) - (one.priority ?? 0),
  );
}

function Candidate({ candidate }: { candidate: CandidateRecord }): React.ReactNode {
  const failed = candidate.rules.filter((rule) => !rule.passed);
  const first = failed[0];
  return (
    <details className={styles.candidate}>
      <summary className={styles.summary}>
        <ChevronRight size={14} className={styles.chevron} />
        <span className={styles.candidateName}>{candidate.name}</span>
        <span className={styles.candidateWhy}>
          {first === undefined
            ? candidate.priority === null
              ? ''
              : `priority ${candidate.priority.toFixed(2)}`
            : ruleWords(first)}
        </span>
        <MeaningTag meaning={candidate.stayed ? 'good' : 'neutral'}>
          {candidate.stayed ? 'Stayed' : 'Fell out'}
        </MeaningTag>
      </summary>
      <ul className={styles.rules}>
        {candidate.rules.map((rule) => (
          <li key={rule.rule} className={styles.rule}>
            <MeaningMark meaning={rule.passed ? 'good' : 'act'} label={rule.passed ? 'Passed' : 'Failed'} />
            <span className={styles.ruleName}>{rule.rule}</span>
            <span className={styles.quiet}>{rule.detail}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
