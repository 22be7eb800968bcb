'use client';

import type { CustomerView } from '../engine/engine-types';
import { absoluteTime, relativeTime } from '../time/relative-time';
import { useNow } from '../time/use-now';
import styles from './contact-budgets.module.css';
import section from './section.module.css';

type Budget = CustomerView['contactBudgets'][number];

/** What the limits leave of messages to this customer; nothing where there are no limits. */
export function ContactBudgets({ budgets }: { budgets: readonly Budget[] }): React.ReactNode {
  const now = useNow();
  if (budgets.length === 0) return null;
  return (
    <>
      <h2 className={section.heading}>Messages left</h2>
      <ul className={styles.budgets}>
        {budgets.map((budget) => (
          <li key={budget.name}>
            <span>{budget.name}</span>
            <strong data-none={budget.used >= budget.max}>{leftWords(budget, now)}</strong>
          </li>
        ))}
      </ul>
    </>
  );
}

function leftWords({ max, used, freeAt }: Budget, now: number): React.ReactNode {
  if (used < max) return `${max - used} of ${max}`;
  if (freeAt === null) return 'none';
  const at = Date.parse(freeAt);
  return <time dateTime={freeAt} title={absoluteTime(at)}>{`none; next ${relativeTime(at, now)}`}</time>;
}
