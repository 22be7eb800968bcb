'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Button } from '../design/button';
import { Notice } from '../design/notice';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import { useKept } from '../form/use-kept';
import { numberWords } from '../number/number-words';
import styles from './list-form.module.css';
import { idsIn, inCalls } from './list-ids';

type Change = 'add' | 'remove';
type Report = { change: Change; changed: number; unchanged: number; unknown: readonly string[] };
const UNKNOWN_SHOWN = 50;

/** A pasted list of customers to put on a list, or take off it, with a report of those nobody knows. */
export function ListForm({ segmentId }: { segmentId: string }): React.ReactNode {
  const { client } = useEngine();
  const queryClient = useQueryClient();
  const areaId = useId();
  const { value: text, set: setText } = useKept({ name: `list ${segmentId}`, from: '' });
  const [done, setDone] = useState(0);
  const ids = idsIn(text);
  const save = useMutation({
    mutationFn: async (change: Change): Promise<Report> => {
      const report = { change, changed: 0, unchanged: 0, unknown: [] as string[] };
      for (const some of inCalls(ids)) {
        const said = await client.segment.changeMembers.mutate({ segmentId, ids: some, change });
        report.changed += said.changed;
        report.unchanged += said.unchanged;
        report.unknown.push(...said.unknown);
        setDone((before) => before + some.length);
      }
      return report;
    },
    onMutate: () => setDone(0),
    onSuccess: async () => {
      setText('');
      await queryClient.invalidateQueries({ queryKey: queryKeys.segments });
      await queryClient.invalidateQueries({ queryKey: queryKeys.segmentMembers(segmentId) });
    },
  });
  return (
    <div className={styles.form}>
      <label htmlFor={areaId} className={styles.label}>
        Customers to add or remove
      </label>
      <textarea
        id={areaId}
        className={styles.area}
        rows={6}
        spellCheck={false}
        placeholder="User ids, e-mail addresses or phone numbers, one a line"
        value={text}
        readOnly={save.isPending}
        onChange={(event) => setText(event.target.value)}
      />
      <div className={styles.buttons}>
        <span className={styles.count}>
          {save.isPending
            ? `${numberWords(done)} of ${numberWords(ids.length)} done`
            : `${numberWords(ids.length)} ${ids.length === 1 ? 'id' : 'ids'}`}
        </span>
        <Button
          size="small"
          disabled={ids.length === 0 || save.isPending}
          onClick={() => save.mutate('remove')}
        >
          Remove from the list
        </Button>
        <Button
          size="small"
          look="primary"
          disabled={ids.length === 0 || save.isPending}
          onClick={() => save.mutate('add')}
        >
          Add to the list
        </Button>
      </div>
      {save.isError ? (
        <Notice meaning="act" announce>
          {failureText(engineFailure(save.error))}
        </Notice>
      ) : null}
      <div role="status" className={styles.report}>
        {save.data === undefined ? null : <ReportText report={save.data} />}
      </div>
    </div>
  );
}

function ReportText({ report }: { report: Report }): React.ReactNode {
  const { change, changed, unchanged, unknown } = report;
  const [verb, already] = change === 'add' ? ['added', 'were on it'] : ['removed', 'were not on it'];
  return (
    <>
      <p>
        {numberWords(changed)} {verb}
        {unchanged === 0 ? '' : `, ${numberWords(unchanged)} ${already}`}
        {unknown.length === 0 ? '. Every id is known.' : `, ${numberWords(unknown.length)} unknown:`}
      </p>
      {unknown.length === 0 ? null : (
        <ul className={styles.unknown}>
          {unknown.slice(0, UNKNOWN_SHOWN).map((id) => (
            <li key={id}>{id}</li>
          ))}
          {unknown.length > UNKNOWN_SHOWN ? (
            <li>and {numberWords(unknown.length - UNKNOWN_SHOWN)} more</li>
          ) : null}
        </ul>
      )}
    </>
  );
}
