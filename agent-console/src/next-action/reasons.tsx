import { Tip } from '../design/tip';
import type { Reason } from '../engine/engine-types';
import styles from './action-card.module.css';
import { reasonNumber } from './reason-number';

/** At most three reasons in plain words, each with its number on hover and focus. */
export function Reasons({ reasons }: { reasons: readonly Reason[] }): React.ReactNode {
  if (reasons.length === 0) return null;
  return (
    <ul className={styles.reasons} aria-label="Why">
      {reasons.slice(0, 3).map((reason) => (
        <li key={reason.text}>
          <Tip text={reasonNumber(reason, 'yes')} side="left">
            <button type="button" className={styles.reason}>
              <span
                className={styles.reasonMark}
                data-against={(reason.contribution ?? 0) < 0}
                aria-hidden="true"
              />
              {reason.text}
            </button>
          </Tip>
        </li>
      ))}
    </ul>
  );
}
