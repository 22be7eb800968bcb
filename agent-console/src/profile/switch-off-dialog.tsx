'use client';

import { useState } from 'react';
import { Button } from '../design/button';
import { Field } from '../design/field';
import { Modal } from '../design/modal';
import { Notice } from '../design/notice';
import rows from '../design/rows.module.css';
import { useChange } from '../design/use-change';
import { useEngine } from '../engine/engine-provider';

type Props = { onClose: () => void; onChanged: () => Promise<unknown> };

/** The second factor goes only with the password. */
export function SwitchOffDialog({ onClose, onChanged }: Props): React.ReactNode {
  const { client } = useEngine();
  const change = useChange(onChanged);
  const [password, setPassword] = useState('');
  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    if (await change.run(() => client.profile.disableSecondFactor.mutate({ password }))) onClose();
  };
  return (
    <Modal open title="Switch the second factor off" onClose={onClose}>
      <form className={rows.form} onSubmit={(event) => void submit(event)}>
        <Field
          label="Your password"
          type="password"
          required
          autoFocus
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {change.problem === null ? null : (
          <Notice meaning="act" announce>
            {change.problem}
          </Notice>
        )}
        <div className={rows.formActions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={change.busy}>
            Switch off
          </Button>
        </div>
      </form>
    </Modal>
  );
}
