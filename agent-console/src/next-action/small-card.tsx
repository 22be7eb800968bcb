import { Meter } from '../design/meter';
import type { RankedAction } from '../engine/engine-types';
import { likelihoodWords, oddsWords } from './likelihood-words';
import styles from './next-actions.module.css';

type Props = { action: RankedAction; onChoose: () => void };

/** A further suggestion in one line; pressing it makes it the large one. */
export function SmallCard({ action, onChoose }: Props): React.ReactNode {
  return (
    <button type="button" className={styles.small} onClick={onChoose}>
      <span className={styles.smallName}>{action.name}</span>
      <span className={styles.smallOdds}>
        <span className={styles.smallWords}>{likelihoodWords(action.propensity)}</span>
        {action.propensity === null ? null : (
          <Meter value={action.propensity} label={oddsWords(action.propensity)} className={styles.smallBar} />
        )}
      </span>
    </button>
  );
}
