'use client';

import { useId } from 'react';
import { NumberField } from '../form/fields';
import styles from '../form/form.module.css';
import { useField } from '../form/form-context';

const STRATEGIES = [
  { value: 'thompson', label: 'Thompson: each as often as it may be the best' },
  { value: 'epsilon', label: 'Epsilon: the best, but sometimes any' },
  { value: 'softmax', label: 'Softmax: in proportion to priority' },
  { value: 'greedy', label: 'None: always the best' },
] as const;

const FRESH: Readonly<Record<string, unknown>> = {
  thompson: { strategy: 'thompson', rate: 1 },
  epsilon: { strategy: 'epsilon', epsilon: 0.1 },
  softmax: { strategy: 'softmax', temperature: 0.3, rate: 1 },
  greedy: { strategy: 'greedy' },
};

/** How decisions leave room to learn. */
export function ExplorationFields(): React.ReactNode {
  const id = useId();
  const settings = useField(['exploration', 'default']);
  const strategy = useField(['exploration', 'default', 'strategy']).value;
  return (
    <div className={styles.row}>
      <div className={styles.field}>
        <label htmlFor={id} className={styles.label}>
          Strategy
        </label>
        <select
          id={id}
          className={styles.input}
          value={typeof strategy === 'string' ? strategy : 'thompson'}
          disabled={settings.readOnly}
          onChange={({ target }) => settings.set(FRESH[target.value])}
        >
          {STRATEGIES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      {strategy === 'epsilon' ? (
        <NumberField path={['exploration', 'default', 'epsilon']} label="How often any" hint="0 to 1" />
      ) : null}
      {strategy === 'softmax' ? (
        <NumberField path={['exploration', 'default', 'temperature']} label="Temperature" />
      ) : null}
      {strategy === 'thompson' || strategy === 'softmax' ? (
        <NumberField path={['exploration', 'default', 'rate']} label="Share of decisions" hint="0 to 1" />
      ) : null}
    </div>
  );
}
