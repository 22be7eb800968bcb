import { classNames } from './class-names';
import styles from './kbd.module.css';

type Props = { children: string; tone?: 'plain' | 'on-accent' };

/** The key that does the same. Said by the button's own label, so hidden from ears. */
export function Kbd({ children, tone = 'plain' }: Props): React.ReactNode {
  return (
    <span aria-hidden="true" className={classNames(styles.kbd, tone === 'on-accent' && styles.onAccent)}>
      {children}
    </span>
  );
}
