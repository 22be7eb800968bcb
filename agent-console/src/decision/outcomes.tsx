import { type Meaning, MeaningTag } from '../design/meaning';
import type { DecisionRecord, OutcomeRecord } from '../engine/engine-types';
import { money } from '../number/money';
import page from '../shell/page.module.css';
import { Moment } from '../time/moment';
import { absoluteTime } from '../time/relative-time';
import styles from './decision-page.module.css';

type Props = {
  outcomes: readonly OutcomeRecord[];
  actions: DecisionRecord['actions'];
  currency: string | null;
};

/** What came of a decision, in the order it came. */
export function Outcomes({ outcomes, actions, currency }: Props): React.ReactNode {
  return (
    <section className={page.section} aria-labelledby="outcomes">
      <h2 id="outcomes" className={page.sectionTitle}>
        What came of it
      </h2>
      {outcomes.length === 0 ? (
        <p className={styles.quiet}>
          Nothing yet. Answers, clicks and orders that follow show here by themselves.
        </p>
      ) : (
        <ol className={styles.outcomes} aria-live="polite">
          {outcomes.map((outcome) => (
            <li key={outcome.feedbackId} className={styles.outcome}>
              <span>
                <MeaningTag meaning={outcomeMeaning(outcome.outcome)}>
                  {outcomeWords(outcome.outcome)}
                </MeaningTag>
              </span>
              <span className={styles.outcomeText}>
                {actions.find((action) => action.actionId === outcome.actionId)?.name ?? outcome.actionId}
                <span className={styles.quiet}>{aside(outcome, currency)}</span>
              </span>
              <Moment at={outcome.at} className={styles.at} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function aside(outcome: OutcomeRecord, currency: string | null): string {
  const parts = [
    outcome.agent?.name ?? null,
    outcome.note,
    outcome.value === null ? null : money(outcome.value, currency),
    outcome.until === null ? null : `again on ${absoluteTime(Date.parse(outcome.until))}`,
  ].filter((part) => part !== null && part !== '');
  return parts.length === 0 ? '' : parts.join(' · ');
}

function outcomeWords(outcome: OutcomeRecord['outcome']): string {
  switch (outcome) {
    case 'shown':
      return 'Shown';
    case 'clicked':
      return 'Clicked';
    case 'accepted':
      return 'Yes';
    case 'rejected':
      return 'No';
    case 'postponed':
      return 'Later';
    case 'converted':
      return 'Converted';
    case 'ignored':
      return 'Ignored';
  }
}

function outcomeMeaning(outcome: OutcomeRecord['outcome']): Meaning {
  switch (outcome) {
    case 'accepted':
    case 'converted':
      return 'good';
    case 'postponed':
      return 'watch';
    case 'rejected':
      return 'act';
    case 'shown':
    case 'clicked':
    case 'ignored':
      return 'neutral';
  }
}
