import { Meter } from '../design/meter';
import type { RankedAction } from '../engine/engine-types';
import { money } from '../number/money';
import styles from './action-card.module.css';
import { likelihoodWords, oddsWords } from './likelihood-words';

type Props = { action: RankedAction; currency: string | null; best: number };

/** How likely a yes is, and what it would be worth: words first, a small bar, the number on hover. */
export function Likelihood({ action, currency, best }: Props): React.ReactNode {
  const { propensity, value } = action;
  return (
    <dl className={styles.odds}>
      <div className={styles.oddsRow}>
        <dt>Says yes</dt>
        <dd className={styles.oddsWords}>{likelihoodWords(propensity)}</dd>
        <dd className={styles.oddsBar}>
          {propensity === null ? (
            <span className={styles.byRule}>a rule asks for it</span>
          ) : (
            <Meter value={propensity} label={`Accepted by ${oddsWords(propensity)} like this`} />
          )}
        </dd>
      </div>
      <div className={styles.oddsRow}>
        <dt>Worth</dt>
        <dd className={styles.oddsWords}>{money(value, currency)} if yes</dd>
        <dd className={styles.oddsBar}>
          <Meter
            value={best > 0 ? value / best : 0}
            meaning="neutral"
            label={`${money(value, currency)}; the best suggestion is worth ${money(best, currency)}`}
          />
        </dd>
      </div>
    </dl>
  );
}
