import { ArrowDown, ArrowUp } from 'lucide-react';
import { Meter } from '../design/meter';
import { Tip } from '../design/tip';
import type { ChurnView, Reason } from '../engine/engine-types';
import { bandMeaning, bandWords } from '../inbox/inbox-words';
import { reasonNumber } from '../next-action/reason-number';
import { LeavingCurve } from './leaving-curve';
import styles from './section.module.css';

/** Whether they are likely to leave, against what is usual, and why. */
export function Health({ churn }: { churn: ChurnView | null }): React.ReactNode {
  return (
    <section className={styles.section} aria-labelledby="health">
      <h2 id="health" className={styles.heading}>
        Health
      </h2>
      {churn === null ? (
        <p className={styles.none}>
          Not scored yet. A model needs to be trained, and this customer needs a few events.
        </p>
      ) : (
        <>
          <div className={styles.line}>
            <span className={styles.strong}>{bandWords(churn.band)}</span>
            <span className={styles.aside}>no order in the next {Math.round(churn.horizonDays)} days</span>
          </div>
          <Meter
            value={churn.probability}
            baseline={churn.baseRate}
            meaning={bandMeaning(churn.band)}
            label={`${bandWords(churn.band)}: ${percent(churn.probability)}, usual is ${percent(churn.baseRate)}`}
          />
          <p className={styles.caption}>
            {percent(churn.probability)}, the line is what is usual: {percent(churn.baseRate)}
          </p>
          <ul className={styles.reasons}>
            {churn.reasons.map((reason) => (
              <HealthReason key={reason.text} reason={reason} />
            ))}
          </ul>
          {churn.byWhen === undefined ? null : <LeavingCurve {...churn.byWhen} />}
        </>
      )}
    </section>
  );
}

function HealthReason({ reason }: { reason: Reason }): React.ReactNode {
  const raises = (reason.contribution ?? 0) > 0;
  return (
    <li>
      <Tip text={reasonNumber(reason, 'leaving')} side="left">
        <button type="button" className={styles.reason}>
          {reason.contribution === null ? null : raises ? (
            <ArrowUp size={13} aria-label="Speaks for leaving:" className={styles.up} />
          ) : (
            <ArrowDown size={13} aria-label="Speaks for staying:" className={styles.down} />
          )}
          <span>{reason.text}</span>
        </button>
      </Tip>
    </li>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
