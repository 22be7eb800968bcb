'use client';

import { useState } from 'react';
import { Button } from '../../design/button';
import { Field } from '../../design/field';
import { Modal } from '../../design/modal';
import { Notice } from '../../design/notice';
import { engineFailure, failureText } from '../../engine/engine-failure';
import { useEngine } from '../../engine/engine-provider';
import { useJourneyChange } from '../use-journeys';
import styles from './publish-dialog.module.css';

type Props = {
  text: string;
  /** The version it was made from; 0 for a new journey. */
  basedOn: number;
  onClose: () => void;
  onPublished: (journeyId: string) => void;
};

/** Asks for a note and makes the text the version in force. */
export function PublishDialog({ text, basedOn, onClose, onPublished }: Props): React.ReactNode {
  const { client } = useEngine();
  const [note, setNote] = useState('');
  const publish = useJourneyChange(() =>
    client.journey.publish.mutate({ definition: text, basedOn, ...(note === '' ? {} : { note }) }),
  );
  return (
    <Modal
      title={basedOn === 0 ? 'Publish this journey' : `Publish version ${basedOn + 1}`}
      description="Customers enter it from then on. Those under way finish on their version or move, as “onNewVersion” says."
      open
      onClose={onClose}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          publish.mutate(undefined, { onSuccess: ({ journeyId }) => onPublished(journeyId) });
        }}
      >
        <Field
          label="Note: what changed, and why"
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
        />
        {publish.isError ? (
          <Notice meaning="act" announce>
            {failureText(engineFailure(publish.error))}
          </Notice>
        ) : null}
        <div className={styles.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={publish.isPending}>
            Publish
          </Button>
        </div>
      </form>
    </Modal>
  );
}
