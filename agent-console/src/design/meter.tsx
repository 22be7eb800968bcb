import { classNames } from './class-names';
import type { Meaning } from './meaning';
import styles from './meter.module.css';

type Props = {
  /** 0 to 1. */
  value: number;
  /** What ears are told: the words beside the bar and the number. */
  label: string;
  meaning?: Meaning | 'accent';
  /** What is usual, 0 to 1: drawn as a line across the bar. */
  baseline?: number;
  className?: string | undefined;
};

/** A small bar beside words that say the same, with a line where "usual" is. */
export function Meter({ value, label, meaning = 'accent', baseline, className }: Props): React.ReactNode {
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      className={classNames(styles.meter, styles[meaning], className)}
    >
      <span className={styles.fill} style={{ width: percent(value) }} />
      {baseline === undefined ? null : (
        <span className={styles.baseline} style={{ left: percent(baseline) }} />
      )}
    </span>
  );
}

function percent(value: number): string {
  return `${Math.round(Math.min(1, Math.max(0, value)) * 1000) / 10}%`;
}
