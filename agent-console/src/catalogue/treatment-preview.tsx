'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useId, useState } from 'react';
import { Notice } from '../design/notice';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import form from '../form/form.module.css';
import { useField } from '../form/form-context';
import { isPlain, type Path } from '../form/path';
import styles from './catalogue.module.css';

const TEXTS = [
  { key: 'title', name: 'Title' },
  { key: 'subject', name: 'Subject' },
  { key: 'talkTrack', name: 'What the agent says' },
  { key: 'body', name: 'Text' },
] as const;

/** A treatment's words as a real customer would read them. */
export function TreatmentPreview({ path }: { path: Path }): React.ReactNode {
  const [wanted, setWanted] = useState('');
  const id = useId();
  const { client } = useEngine();
  const text = useDeferredValue(wanted.trim());
  const found = useQuery({
    queryKey: queryKeys.search(text),
    queryFn: ({ signal }) => client.customer.search.query({ text }, { signal }),
    enabled: text !== '',
    placeholderData: keepPreviousData,
  });
  const first = text === '' ? undefined : found.data?.items[0];
  return (
    <details>
      <summary>Preview for a customer</summary>
      <div className={styles.stack} style={{ marginTop: 8 }}>
        <div className={form.field}>
          <label htmlFor={id} className={form.label}>
            Customer
          </label>
          <input
            id={id}
            className={form.input}
            placeholder="The beginning of a name or an e-mail address"
            value={wanted}
            onChange={({ target }) => setWanted(target.value)}
          />
          <p className={form.hint} role="status">
            {text === ''
              ? 'Nothing is sent.'
              : first !== undefined
                ? `As ${first.displayName} would read it. Nothing is sent.`
                : found.isFetching
                  ? 'Looking…'
                  : 'Nobody is found by that.'}
          </p>
        </div>
        {first === undefined ? null : <Filled path={path} customerId={first.customerId} />}
      </div>
    </details>
  );
}

function Filled({ path, customerId }: { path: Path; customerId: string }): React.ReactNode {
  const { client } = useEngine();
  const field = useField(path);
  const treatment = useDeferredValue(isPlain(field.value) ? field.value : {});
  const texts = Object.fromEntries(
    TEXTS.flatMap(({ key }) => {
      const source = treatment[key];
      return typeof source === 'string' && source !== '' ? [[key, source]] : [];
    }),
  );
  const channel = typeof treatment['channel'] === 'string' ? treatment['channel'] : 'agent';
  const preview = useQuery({
    queryKey: queryKeys.preview(customerId, JSON.stringify([channel, texts])),
    queryFn: ({ signal }) => client.catalogue.preview.query({ customerId, channel, texts }, { signal }),
    placeholderData: keepPreviousData,
  });
  if (preview.isError) return <Notice meaning="act">{failureText(engineFailure(preview.error))}</Notice>;
  if (preview.data === undefined) return null;
  return (
    <div className={styles.preview}>
      {TEXTS.map(({ key, name }) => {
        const shown = preview.data.texts[key];
        if (shown === undefined) return null;
        return (
          <div key={key}>
            <p className={styles.previewName}>{name}</p>
            {shown.problem === null ? (
              <p className={styles.previewText}>{shown.text}</p>
            ) : (
              <Notice meaning="act">{shown.problem}</Notice>
            )}
          </div>
        );
      })}
    </div>
  );
}
