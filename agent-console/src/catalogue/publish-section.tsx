'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { Button } from '../design/button';
import { Modal } from '../design/modal';
import { Notice } from '../design/notice';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import type { DraftCheck } from '../engine/engine-types';
import form from '../form/form.module.css';
import { useMay } from '../session/use-may';
import page from '../shell/page.module.css';
import styles from './catalogue.module.css';
import { type Catalogue, useCatalogueMoved } from './use-catalogue';

type Props = { draft: NonNullable<Catalogue['draft']>; check: DraftCheck };

/** Puts a draft in force, with a note of why; or throws it away. */
export function PublishSection({ draft, check }: Props): React.ReactNode {
  const [note, setNote] = useState('');
  const [asking, setAsking] = useState(false);
  const id = useId();
  const router = useRouter();
  const { client } = useEngine();
  const moved = useCatalogueMoved();
  const [mayPublish, mayWrite] = [useMay('catalogue:publish'), useMay('catalogue:write')];
  const { draftId } = draft;
  const publish = useMutation({
    mutationFn: () => client.catalogue.publish.mutate({ draftId, ...(note === '' ? {} : { note }) }),
    onSuccess: async () => {
      router.push('/catalogue/history');
      await moved({ draftId });
    },
  });
  const discard = useMutation({
    mutationFn: () => client.catalogue.discardDraft.mutate({ draftId }),
    onSuccess: async () => {
      router.push('/catalogue');
      await moved({ draftId });
    },
  });
  const takeUp = useMutation({
    mutationFn: async () => {
      const { revision } = await client.catalogue.get.query();
      return client.catalogue.saveDraft.mutate({ draftId, version: draft.version, basedOn: revision });
    },
    onSuccess: () => moved(),
  });
  const error = publish.error ?? discard.error ?? takeUp.error;
  return (
    <section className={page.section} aria-labelledby="publish">
      <h2 id="publish" className={page.sectionTitle}>
        Put it in force
      </h2>
      {check.outdated ? (
        <Notice
          meaning="watch"
          action={
            mayWrite ? (
              <Button size="small" disabled={takeUp.isPending} onClick={() => takeUp.mutate()}>
                I have looked: go on
              </Button>
            ) : undefined
          }
        >
          The catalogue has moved on since revision {draft.basedOn}. Above is what publishing would change in
          what is in force now, other people’s changes taken back included.
        </Notice>
      ) : null}
      {error === null ? null : (
        <Notice meaning="act" announce>
          {failureText(engineFailure(error))}
        </Notice>
      )}
      <div className={form.field} style={{ margin: '12px 0' }}>
        <label htmlFor={id} className={form.label}>
          Why
        </label>
        <input
          id={id}
          className={form.input}
          maxLength={500}
          value={note}
          placeholder="Kept with the revision, for who looks for it later"
          onChange={({ target }) => setNote(target.value)}
        />
      </div>
      <div className={styles.row}>
        {mayPublish ? (
          <Button
            look="primary"
            disabled={check.problems.length > 0 || check.outdated || publish.isPending}
            onClick={() => publish.mutate()}
          >
            Publish
          </Button>
        ) : (
          <p className={styles.quiet}>Publishing takes the role marketer or admin.</p>
        )}
        {mayWrite ? <Button onClick={() => setAsking(true)}>Throw the draft away…</Button> : null}
      </div>
      <Modal open={asking} onClose={() => setAsking(false)} title={`Throw “${draft.name}” away?`}>
        <p>What it changes is lost. What is in force stays as it is.</p>
        <div className={styles.row} style={{ justifyContent: 'flex-end', marginTop: 16 }}>
          <Button onClick={() => setAsking(false)}>Keep it</Button>
          <Button look="primary" disabled={discard.isPending} onClick={() => discard.mutate()}>
            Throw it away
          </Button>
        </div>
      </Modal>
    </section>
  );
}
