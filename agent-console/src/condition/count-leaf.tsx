'use client';

import { classNames } from '../design/class-names';
import type { Plain } from '../form/path';
import styles from './condition.module.css';
import { DurationInput } from './duration-input';
import { isOperator, operatorWords } from './operators';
import { ValueInput } from './value-input';

const COUNTED = ['gte', 'gt', 'lte', 'lt', 'eq', 'ne'] as const;
const EVENTS = [
  'Product Viewed',
  'Product Added',
  'Product Removed',
  'Products Searched',
  'Cart Viewed',
  'Checkout Started',
  'Order Completed',
  'Order Cancelled',
  'Order Refunded',
  'Product Reviewed',
  'Live Chat Conversation Started',
  'Email Opened',
  'Email Link Clicked',
  'Unsubscribed',
] as const;

type Props = {
  kind: 'events' | 'outcomes';
  condition: Plain;
  onChange: (condition: unknown) => void;
  readOnly: boolean;
  autoFocus: boolean;
};

/** How often something happened in a window that ends now: an event, or outcomes of what was suggested. */
export function CountLeaf({ kind, condition, onChange, readOnly, autoFocus }: Props): React.ReactNode {
  const set = (part: Plain): void => onChange({ ...condition, ...part });
  const op = typeof condition['op'] === 'string' && isOperator(condition['op']) ? condition['op'] : 'gte';
  return (
    <>
      {kind === 'events' ? (
        <span className={styles.field}>
          <input
            aria-label="Event"
            className={styles.input}
            list="condition-events"
            placeholder="Event, for example Order Completed"
            value={String(condition['event'] ?? '')}
            readOnly={readOnly}
            autoComplete="off"
            // biome-ignore lint/a11y/noAutofocus: somebody has just asked for this row
            autoFocus={autoFocus}
            onChange={({ target }) => set({ event: target.value })}
          />
          <datalist id="condition-events">
            {EVENTS.map((event) => (
              <option key={event} value={event} />
            ))}
          </datalist>
          <input
            aria-label="About, where it matters"
            className={styles.input}
            placeholder="about anything"
            value={String(condition['about'] ?? '')}
            readOnly={readOnly}
            autoComplete="off"
            onChange={({ target }) => {
              const { about: _, ...rest } = condition;
              onChange(target.value === '' ? rest : { ...rest, about: target.value });
            }}
          />
        </span>
      ) : (
        <span className={styles.wide}>
          <ValueInput
            kind="members"
            label="Outcomes"
            value={condition['outcomes']}
            readOnly={readOnly}
            onChange={(outcomes) => set({ outcomes })}
          />
        </span>
      )}
      <span className={styles.times}>
        <select
          aria-label="How the number is compared"
          className={classNames(styles.input, styles.how)}
          value={op}
          disabled={readOnly}
          onChange={({ target }) => set({ op: target.value })}
        >
          {COUNTED.map((each) => (
            <option key={each} value={each}>
              {operatorWords(each, 'number')
                .replace(/^is /, 'happened ')
                .replace('happened not', 'did not happen exactly')}
            </option>
          ))}
        </select>
        <ValueInput
          kind="number"
          label="How many times"
          value={condition['value']}
          readOnly={readOnly}
          onChange={(value) => set({ value })}
        />
        times in the last
        <DurationInput
          label="In the last"
          value={condition['within']}
          readOnly={readOnly}
          onChange={(within) => set({ within })}
        />
      </span>
    </>
  );
}
