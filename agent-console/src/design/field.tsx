import { useId } from 'react';
import styles from './field.module.css';

type Props = Omit<React.ComponentProps<'input'>, 'id'> & { label: string };

/** One line of text to fill in, with its label above. */
export function Field({ label, ...rest }: Props): React.ReactNode {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <input id={id} {...rest} className={styles.input} />
    </div>
  );
}
