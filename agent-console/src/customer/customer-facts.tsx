import { Changed } from '../design/changed';
import type { CustomerView } from '../engine/engine-types';
import { money } from '../number/money';
import { numberWords } from '../number/number-words';
import styles from './customer-facts.module.css';

/** The customer in numbers, each with its unit and window. */
export function CustomerFacts({ view }: { view: CustomerView }): React.ReactNode {
  const { summary, basket } = view;
  const average = summary.averageOrderValue;
  const days = summary.daysSinceOrder;
  return (
    <dl className={styles.facts}>
      <Fact label="Orders" value={numberWords(summary.orders)}>
        {average === null ? 'none yet' : `${money(average, summary.currency)} each`}
      </Fact>
      <Fact label="Revenue" value={money(summary.revenue, summary.currency)}>
        all time
      </Fact>
      <Fact label="Last order" value={days === null ? '–' : `${Math.floor(days)} d`}>
        {days === null ? 'never ordered' : 'ago'}
      </Fact>
      <Fact
        label="Basket"
        value={basket === null || basket.items === 0 ? 'Empty' : money(basket.value, summary.currency)}
      >
        {basket === null || basket.items === 0 ? 'nothing in it' : basketText(basket)}
      </Fact>
      <Fact label="Visits" value={numberWords(summary.sessions30Days)}>
        in 30 days
      </Fact>
      <Fact label="Support" value={numberWords(summary.supportContacts90Days)}>
        in 90 days
      </Fact>
    </dl>
  );
}

function Fact({
  label,
  value,
  children,
}: {
  label: string;
  value: string;
  children: string;
}): React.ReactNode {
  return (
    <div className={styles.fact}>
      <dt className={styles.label}>{label}</dt>
      <dd>
        <Changed value={`${value} ${children}`} className={styles.value}>
          {value}
        </Changed>
        <span className={styles.note}>{children}</span>
      </dd>
    </div>
  );
}

function basketText(basket: { items: number; daysOld: number | null }): string {
  const pieces = basket.items === 1 ? '1 piece' : `${basket.items} pieces`;
  return basket.daysOld === null || basket.daysOld < 1
    ? `${pieces}, today`
    : `${pieces}, ${Math.floor(basket.daysOld)} d old`;
}
