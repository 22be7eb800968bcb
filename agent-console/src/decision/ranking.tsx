import type { DecisionRecord, RankedAction } from '../engine/engine-types';
import page from '../shell/page.module.css';
import styles from './decision-page.module.css';

/** The actions that were answered with, and the arithmetic that put them in this order. */
export function Ranking({ record }: { record: DecisionRecord }): React.ReactNode {
  return (
    <section className={page.section} aria-labelledby="ranking">
      <h2 id="ranking" className={page.sectionTitle}>
        Suggested, in this order
      </h2>
      {record.actions.length === 0 ? (
        <p className={styles.quiet}>{record.none ?? 'Nothing was left to suggest.'}</p>
      ) : (
        // A wide table scrolls by itself, so the keyboard must be able to reach it.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to take focus
        <section className={styles.tableScroll} tabIndex={0} aria-label="Arithmetic of the ranking">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Action</th>
                <th scope="col">Likelihood × context × worth × levers − cost</th>
                <th scope="col" className={styles.number}>
                  Priority
                </th>
                <th scope="col" className={styles.number}>
                  Chosen with
                </th>
              </tr>
            </thead>
            <tbody>
              {record.actions.map((action) => (
                <tr key={action.actionId}>
                  <th scope="row">
                    <span className={styles.rank}>{action.rank}</span>
                    {action.name}
                  </th>
                  <td className={styles.arithmetic}>{arithmetic(record, action)}</td>
                  <td className={styles.number}>{action.priority.toFixed(2)}</td>
                  <td
                    className={styles.number}
                    title="Probability with which the policy chose it for this place"
                  >
                    p = {action.probability.toFixed(action.probability === 1 ? 0 : 3)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

/** What the engine wrote down when it ranked; not computed again here. */
function arithmetic(record: DecisionRecord, action: RankedAction): string {
  const { treatmentId } = action.treatment;
  const candidate = record.candidates.find(
    (entry) => entry.actionId === action.actionId && entry.treatmentId === treatmentId,
  );
  return candidate?.arithmetic?.replaceAll(' x ', ' × ').replaceAll(' - ', ' − ') ?? 'not recorded';
}
