'use client';

import dynamic from 'next/dynamic';
import { useRef, useState } from 'react';
import { useChangedBy } from '../catalogue/use-changed-by';
import { CONDITION_VIEWS, type ConditionViewName } from '../condition/condition-views';
import { Button } from '../design/button';
import { Field } from '../design/field';
import { MeaningMark } from '../design/meaning';
import { Notice } from '../design/notice';
import { Segmented } from '../design/segmented';
import { Skeleton } from '../design/skeleton';
import { engineFailure, failureText } from '../engine/engine-failure';
import { OvertakenNotice } from '../form/overtaken-notice';
import { useKept } from '../form/use-kept';
import { TextArea, type TextAreaHandle } from '../journeys/editor/text-area';
import { percent } from '../journeys/journey-words';
import { numberWords } from '../number/number-words';
import styles from './segment-editor.module.css';
import { segmentIdOf } from './segment-id';
import { TakenNotice } from './taken-notice';
import { type Preview, usePreview } from './use-preview';
import { useSaveSegment } from './use-save-segment';
import { useSegments, useTakenBy } from './use-segments';

type Draft = { segmentId: string; name: string; description: string; source: string };
type Props = {
  segment: Draft;
  isNew?: boolean;
  onCancel: () => void;
  onSaved: (segmentId: string) => void;
};

const ConditionText = dynamic(
  () => import('../condition/condition-text').then((module) => module.ConditionText),
  { ssr: false, loading: () => <Skeleton height={120} radius={6} /> },
);

const NO_LINES: ReadonlySet<number> = new Set();

/** A segment's name and condition, with how many it fits while it is typed. */
export function SegmentEditor({ segment, isNew = false, onCancel, onSaved }: Props): React.ReactNode {
  const kept = useKept({ name: `segment ${isNew ? 'new' : segment.segmentId}`, from: segment });
  const { value: draft, set: setDraft, forget } = kept;
  const [view, setView] = useState<ConditionViewName>('form');
  const area = useRef<TextAreaHandle>(null);
  const preview = usePreview(draft.source);
  const segmentId = isNew ? segmentIdOf(draft.name) : segment.segmentId;
  const sameId = useTakenBy(segmentId);
  const takenBy = isNew ? sameId : null;
  const maySave = segmentId !== '' && takenBy === null;
  const fine = preview.found !== null && preview.found.problems.length === 0 && !preview.pending;
  const save = useSaveSegment((saved) => {
    forget();
    onSaved(saved);
  });
  // What is saved comes back as it is stored, which is nobody else's change.
  const overtaken = save.isPending ? null : kept.overtaken;
  const place = useSegments().data?.items.findIndex((each) => each.segmentId === segment.segmentId);
  const by = useChangedBy(
    overtaken === null || place === undefined ? null : `segment ${segment.segmentId}`,
    ({ segments }) => segments.some(({ path }) => path.startsWith(`[${place}]`)),
  );
  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        if (!fine || !maySave) return;
        const { name, description, source } = draft;
        save.mutate({ segmentId, name, description, when: source });
      }}
    >
      <div className={styles.fields}>
        <Field
          label="Name"
          value={draft.name}
          maxLength={120}
          required
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
        <Field
          label="What it is for"
          value={draft.description}
          maxLength={1000}
          onChange={(event) => setDraft({ ...draft, description: event.target.value })}
        />
      </div>
      <div className={styles.condition}>
        <div className={styles.entry}>
          <Segmented label="Condition as" value={view} options={CONDITION_VIEWS} onChange={setView} />
          {view === 'form' ? (
            <ConditionText source={draft.source} onChange={(source) => setDraft({ ...draft, source })} />
          ) : (
            <div className={styles.text}>
              <TextArea
                ref={area}
                label="Condition in YAML"
                text={draft.source}
                onChange={(source) => setDraft({ ...draft, source })}
                marked={NO_LINES}
                readOnly={false}
              />
            </div>
          )}
        </div>
        <div role="status" className={styles.preview}>
          <PreviewText preview={preview} />
        </div>
      </div>
      <OvertakenNotice overtaken={overtaken} by={by} />
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
        <Button type="submit" look="primary" disabled={!fine || !maySave || save.isPending}>
          {isNew ? 'Add segment' : 'Save segment'}
        </Button>
      </div>
    </form>
  );
}

function PreviewText({ preview }: { preview: Preview }): React.ReactNode {
  const { found, problem, pending } = preview;
  if (problem !== null) return <p>{problem}</p>;
  if (found === null) return <p className={styles.aside}>Counts who fits …</p>;
  if (found.problems.length > 0) {
    return (
      <ul>
        {found.problems.map((text) => (
          <li key={text} className={styles.problem}>
            <MeaningMark meaning="act" />
            <span>{text}</span>
          </li>
        ))}
      </ul>
    );
  }
  const { fitting, asked, customers, sample } = found;
  const whole = asked >= customers;
  const estimate = asked === 0 ? 0 : Math.round(((fitting ?? 0) / asked) * customers);
  return (
    <div className={pending ? styles.stale : undefined}>
      <p className={styles.size}>
        {whole ? numberWords(fitting ?? 0) : `About ${numberWords(estimate)}`}{' '}
        <span className={styles.aside}>of {numberWords(customers)} customers</span>
      </p>
      {whole ? null : (
        <p className={styles.aside}>
          {percent((fitting ?? 0) / Math.max(1, asked))} of the {numberWords(asked)} asked; there was no time
          for all.
        </p>
      )}
      <ul className={styles.sample}>
        {sample.map(({ customerId, displayName }) => (
          <li key={customerId}>{displayName}</li>
        ))}
      </ul>
    </div>
  );
}
