import styles from './button.module.css';
import { classNames } from './class-names';
import { Link } from './link';

type Props = { href: string; look?: 'primary' | 'secondary' | 'quiet'; children: React.ReactNode };

/** A way to another page that looks like a button. */
export function ButtonLink({ href, look = 'secondary', children }: Props): React.ReactNode {
  return (
    <Link href={href} className={classNames(styles.button, styles[look])}>
      {children}
    </Link>
  );
}
