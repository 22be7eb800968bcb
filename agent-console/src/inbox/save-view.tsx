'use client';

import { useState } from 'react';
import { Button } from '../design/button';
import { Field } from '../design/field';
import { Notice } from '../design/notice';
import type { InboxFilter } from '../engine/engine-types';
import { useMay } from '../session/use-may';
import styles from './queue-panel.module.css';
import type { Views } from './use-views';

type Props = { filter: InboxFilter; views: Views; onSaved: () => void };

/** Keeps the filter under a name, for oneself or for everybody. */
export function SaveView({ filter, views, onSaved }: Props): React.ReactNode {
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const mayShare = useMay('inbox:share');
  const { change, save } = views;
  return (
    <form
      className={styles.save}
      onSubmit={(event) => {
        event.preventDefault();
        void save({ name: name.trim(), filter, shared }).then((done) => (done ? onSaved() : undefined));
      }}
    >
      <div className={styles.saveLine}>
        <Field
          label="Save as a view"
          placeholder="Its name"
          required
          maxLength={60}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Button type="submit" look="primary" disabled={change.busy || name.trim() === ''}>
          Save
        </Button>
      </div>
      {mayShare ? (
        <label className={styles.option}>
          <input type="checkbox" checked={shared} onChange={({ target }) => setShared(target.checked)} />
          <span>For the whole team</span>
        </label>
      ) : null}
      {change.problem === null ? null : (
        <Notice meaning="act" announce>
          {change.problem}
        </Notice>
      )}
    </form>
  );
}
