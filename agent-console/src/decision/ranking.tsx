import { money } from '../customer/money';
import type { DecisionRecord, RankedAction } from '../engine/engine-types';
import page from '../shell/page.module.css';
import styles from './decision-page.module.css';
import { rankingFactors } from './ranking-arithmetic';

type Props = { record: DecisionRecord; currency: string | null };

/** The actions that were answered with, and the arithmetic that put them in this order. */
export function Ranking({ record, currency }: Props): React.ReactNode {
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
                <th scope="col">Priority = likelihood × worth × context × levers</th>
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
                  <td className={styles.arithmetic}>{arithmetic(action, currency)}</td>
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

function arithmetic(action: RankedAction, currency: string | null): string {
  return rankingFactors(action)
    .map((factor) =>
      factor.money
        ? money(factor.value, currency)
        : `${factor.value.toFixed(factor.value < 0.1 ? 3 : 2)} ${factor.name}`,
    )
    .join(' × ');
}
