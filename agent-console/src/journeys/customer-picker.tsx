'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import styles from './customer-picker.module.css';

export type Picked = { customerId: string; displayName: string };
type Props = { picked: Picked | null; onPick: (customer: Picked | null) => void };

const MOST = 6;

/** Finds a customer by name, e-mail or id. */
export function CustomerPicker({ picked, onPick }: Props): React.ReactNode {
  const { client } = useEngine();
  const id = useId();
  const [text, setText] = useState('');
  const wanted = text.trim();
  const found = useQuery({
    queryKey: queryKeys.search(wanted),
    queryFn: ({ signal }) => client.customer.search.query({ text: wanted }, { signal }),
    enabled: picked === null && wanted !== '',
  });
  const items = picked === null && wanted !== '' ? (found.data?.items.slice(0, MOST) ?? []) : [];
  return (
    <div className={styles.picker}>
      <label htmlFor={id} className={styles.label}>
        Customer
      </label>
      <input
        id={id}
        className={styles.input}
        autoComplete="off"
        placeholder="Name, e-mail or id"
        value={picked === null ? text : picked.displayName}
        onChange={(event) => {
          onPick(null);
          setText(event.target.value);
        }}
        onKeyDown={(event) => {
          const [first] = items;
          if (event.key !== 'Enter' || first === undefined) return;
          event.preventDefault();
          onPick(first);
        }}
      />
      {items.length === 0 ? null : (
        <ul className={styles.found} aria-label="Customers found">
          {items.map((customer) => (
            <li key={customer.customerId}>
              <button type="button" className={styles.item} onClick={() => onPick(customer)}>
                <span>{customer.displayName}</span>
                <span className={styles.mail}>{customer.email ?? ''}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
