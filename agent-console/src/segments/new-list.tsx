'use client';

import { Button } from '../design/button';
import { Field } from '../design/field';
import { Notice } from '../design/notice';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useKept } from '../form/use-kept';
import styles from './segment-editor.module.css';
import { segmentIdOf } from './segment-id';
import { TakenNotice } from './taken-notice';
import { useSaveSegment } from './use-save-segment';
import { useTakenBy } from './use-segments';

type Props = { onCancel: () => void; onSaved: (segmentId: string) => void };

/** Names a list; its customers are put on it on its own page. */
export function NewList({ onCancel, onSaved }: Props): React.ReactNode {
  const { value: name, set: setName, forget } = useKept({ name: 'new list', from: '' });
  const segmentId = segmentIdOf(name);
  const takenBy = useTakenBy(segmentId);
  const mayMake = segmentId !== '' && takenBy === null;
  const save = useSaveSegment((saved) => {
    forget();
    onSaved(saved);
  });
  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        if (mayMake)
          save.mutate({ segmentId, name, when: { field: 'lists', op: 'contains', value: segmentId } });
      }}
    >
      <Field
        autoFocus
        label="Name of the list"
        value={name}
        maxLength={120}
        required
        onChange={(event) => setName(event.target.value)}
      />
      <TakenNotice by={takenBy} />
      {save.isError ? (
        <Notice meaning="act" announce>
          {failureText(engineFailure(save.error))}
        </Notice>
      ) : null}
      <div className={styles.buttons}>
        <Button
          look="quiet"
          onClick={() => {
            forget();
            onCancel();
          }}
        >
          Cancel
        </Button>
        <Button type="submit" look="primary" disabled={!mayMake || save.isPending}>
          Make the list
        </Button>
      </div>
    </form>
  );
}
