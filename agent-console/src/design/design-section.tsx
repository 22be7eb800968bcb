import styles from './design-page.module.css';

type Props = { title: string; children: React.ReactNode };

/** One part of the design page. */
export function DesignSection({ title, children }: Props): React.ReactNode {
  return (
    <section className={styles.section}>
      <h2 className={styles.sectionTitle}>{title}</h2>
      <div className={styles.sectionBody}>{children}</div>
    </section>
  );
}
