'use client';

import { useState } from 'react';
import { Button } from '../design/button';
import { Field } from '../design/field';
import { Modal } from '../design/modal';
import rows from '../design/rows.module.css';
import type { MergeView } from '../engine/engine-types';
import { numberWords } from '../number/number-words';
import { identityWords } from './merge-words';

type Props = {
  merge: MergeView;
  customerName: string;
  onClose: () => void;
  onConfirm: (mergeId: string, reason: string) => void;
};

function counted(count: number, one: string): string {
  return count === 1 ? `1 ${one}` : `${numberWords(count)} ${one}s`;
}

/** Says what will happen before a customer is taken apart, and asks why. */
export function UnmergeDialog({ merge, customerName, onClose, onConfirm }: Props): React.ReactNode {
  const [reason, setReason] = useState('');
  const { mergeId, identities, events, decisions } = merge;
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    if (mergeId !== null) onConfirm(mergeId, reason);
  };
  return (
    <Modal open title={`Take apart from ${customerName}`} onClose={onClose}>
      <form className={rows.form} onSubmit={submit}>
        <p>
          <strong>{identities.map(identityWords).join(', ') || merge.absorbedName}</strong> becomes a customer
          again.
        </p>
        <ul className={rows.note}>
          <li>
            {counted(events, 'event')} and {counted(decisions, 'decision')} of before go back, and so do later
            events that name them first. Both profiles are made anew.
          </li>
          <li>A “no” said since holds for both. Journeys begun since stay here.</li>
          <li>Events that name both will no longer make them one. There is no way back.</li>
        </ul>
        <Field
          label="Why (a ticket’s number; nothing personal)"
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <div className={rows.formActions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary">
            Take apart
          </Button>
        </div>
      </form>
    </Modal>
  );
}
