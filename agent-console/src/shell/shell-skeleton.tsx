import { Logo } from './logo';
import styles from './shell.module.css';

/** The frame without anything in it, while the session is checked. */
export function ShellSkeleton(): React.ReactNode {
  return (
    <>
      <div className={styles.rail}>
        <span className={styles.brand}>
          <Logo />
        </span>
      </div>
      <main aria-busy="true" className={styles.view}>
        <h1 className="sr-only">Segue is opening</h1>
      </main>
    </>
  );
}
