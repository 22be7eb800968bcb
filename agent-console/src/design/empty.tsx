import styles from './empty.module.css';

type Props = { title: string; children?: React.ReactNode; action?: React.ReactNode; icon?: React.ReactNode };

/** What stands where nothing is: why, and the next step. */
export function Empty({ title, children, action, icon }: Props): React.ReactNode {
  return (
    <div className={styles.empty}>
      {icon === undefined ? null : <div className={styles.icon}>{icon}</div>}
      <p className={styles.title}>{title}</p>
      {children === undefined ? null : <div className={styles.text}>{children}</div>}
      {action}
    </div>
  );
}
