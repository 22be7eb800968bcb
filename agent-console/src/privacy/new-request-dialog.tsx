'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../design/button';
import { Field } from '../design/field';
import { Modal } from '../design/modal';
import { Notice } from '../design/notice';
import rows from '../design/rows.module.css';
import { useChange } from '../design/use-change';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import styles from './new-request-dialog.module.css';

type Props = { kind: 'export' | 'erase'; onClose: () => void; onBegun: () => Promise<unknown> };
type Found = { customerId: string; displayName: string; email: string | null };

/** Finds the customer and begins a request; an erasure wants their name typed, so that nobody is erased by a slip. */
export function NewRequestDialog({ kind, onClose, onBegun }: Props): React.ReactNode {
  const { client } = useEngine();
  const [text, setText] = useState('');
  const [customer, setCustomer] = useState<Found | null>(null);
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const change = useChange(onBegun);
  const wanted = text.trim();
  const found = useQuery({
    queryKey: queryKeys.search(wanted),
    queryFn: ({ signal }) => client.customer.search.query({ text: wanted }, { signal }),
    enabled: customer === null && wanted.length > 1,
  });

  const begin = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    if (customer === null) return;
    const { customerId } = customer;
    const begun = await change.run(() =>
      client.privacy.begin.mutate({ kind, customer: { customerId }, reason }),
    );
    if (begun) onClose();
  };

  return (
    <Modal open title={kind === 'export' ? 'Export a customer' : 'Erase a customer'} onClose={onClose}>
      {customer === null ? (
        <div className={rows.form}>
          <Field
            label="Name, e-mail, phone or id"
            autoFocus
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <ul aria-label="Customers found" className={styles.found}>
            {found.data?.items.slice(0, 6).map((each) => (
              <li key={each.customerId}>
                <button type="button" className={styles.choice} onClick={() => setCustomer(each)}>
                  <span>{each.displayName}</span>
                  <span className={rows.detail}>{each.email}</span>
                </button>
              </li>
            ))}
          </ul>
          {found.data?.items.length === 0 ? (
            <p className={rows.detail}>Nobody has this name or identity.</p>
          ) : null}
        </div>
      ) : (
        <form className={rows.form} onSubmit={(event) => void begin(event)}>
          <p>
            <strong>{customer.displayName}</strong> <span className={rows.detail}>{customer.email}</span>
          </p>
          {kind === 'erase' ? (
            <Notice meaning="act">
              Profile, events, decisions, messages, journeys and what was learned from them are deleted for
              good. Only a hash stays, so that nobody advertises to them should they come back.
            </Notice>
          ) : null}
          <Field
            label="Why (a ticket’s number; nothing personal)"
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          {kind === 'erase' ? (
            <Field
              label={`Type “${customer.displayName}” to go on`}
              value={typed}
              autoComplete="off"
              onChange={(event) => setTyped(event.target.value)}
            />
          ) : null}
          {change.problem === null ? null : (
            <Notice meaning="act" announce>
              {change.problem}
            </Notice>
          )}
          <div className={rows.formActions}>
            <Button onClick={() => setCustomer(null)}>Somebody else</Button>
            <Button
              type="submit"
              look="primary"
              disabled={change.busy || (kind === 'erase' && typed.trim() !== customer.displayName.trim())}
            >
              {kind === 'export' ? 'Export' : 'Erase for good'}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
