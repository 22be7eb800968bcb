'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { Button } from '../design/button';
import { Link } from '../design/link';
import { MeaningTag } from '../design/meaning';
import { Notice } from '../design/notice';
import { useChange } from '../design/use-change';
import { useEngine } from '../engine/engine-provider';
import type { ConflictView, MergeView } from '../engine/engine-types';
import { useMay } from '../session/use-may';
import { Moment } from '../time/moment';
import styles from './customer-merges.module.css';
import { mergesQuery } from './customer-queries';
import { becauseWords, conflictWords, differsWords, identityWords, summaryWords } from './merge-words';
import section from './section.module.css';
import { UnmergeDialog } from './unmerge-dialog';

type Props = { customerId: string; customerName: string };

/** Who became part of this customer, to be taken apart where that was wrong; nothing where there is nothing to say. */
export function CustomerMerges({ customerId, customerName }: Props): React.ReactNode {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const mayUndo = useMay('customers:unmerge');
  const [asking, setAsking] = useState<MergeView | null>(null);
  const again = useCallback(
    () => queryClient.invalidateQueries({ queryKey: ['customer', customerId] }),
    [queryClient, customerId],
  );
  const change = useChange(again);
  const known = useQuery(mergesQuery(engine, customerId));
  const { merges, conflicts } = known.data ?? { merges: [], conflicts: [] };
  if (merges.length === 0 && conflicts.length === 0) return null;
  const disputed = conflicts.length > 0 || merges.some(({ differs }) => differs.length > 0);

  const undo = (mergeId: string, reason: string): void => {
    setAsking(null);
    void change.run(() => engine.client.customer.unmerge.mutate({ mergeId, reason }));
  };

  return (
    <details className={styles.section} open={disputed || undefined}>
      <summary className={styles.summary}>
        <h2 className={styles.heading}>Identity</h2>
        <span className={section.aside}>{summaryWords(merges, conflicts)}</span>
      </summary>
      {change.problem === null ? null : (
        <Notice meaning="act" announce>
          {change.problem}
        </Notice>
      )}
      <ul className={styles.rows}>
        {conflicts.map((conflict) => (
          <li key={conflict.conflictId} className={styles.row}>
            <Conflict conflict={conflict} customerId={customerId} />
          </li>
        ))}
        {merges.map((merge) => (
          <li key={merge.mergeId ?? merge.absorbedId} className={styles.row}>
            <Merge
              merge={merge}
              onUndo={mayUndo && merge.whyNot === null ? () => setAsking(merge) : null}
              busy={change.busy}
            />
          </li>
        ))}
      </ul>
      {asking === null ? null : (
        <UnmergeDialog
          merge={asking}
          customerName={customerName}
          onClose={() => setAsking(null)}
          onConfirm={undo}
        />
      )}
    </details>
  );
}

function Conflict({ conflict, customerId }: { conflict: ConflictView; customerId: string }): React.ReactNode {
  const mine = conflict.customerId === customerId;
  const other = mine ? conflict.otherId : conflict.customerId;
  return (
    <>
      <span className={styles.what}>
        {identityWords(conflict.identity)} {mine ? 'belongs to' : 'was also named by'}{' '}
        <Link href={`/customers/${encodeURIComponent(other)}`} className={styles.link}>
          {mine ? conflict.otherName : conflict.customerName}
        </Link>
      </span>
      <span className={styles.why}>
        <MeaningTag meaning="watch">{conflictWords(conflict.reason)}</MeaningTag>
      </span>
      <Moment at={conflict.at} className={styles.at} suffix=" ago" />
    </>
  );
}

type MergeProps = { merge: MergeView; onUndo: (() => void) | null; busy: boolean };

function Merge({ merge, onUndo, busy }: MergeProps): React.ReactNode {
  const { undone, because, differs } = merge;
  const at = undone?.at ?? because?.at ?? null;
  return (
    <>
      <span className={styles.what}>
        {undone === null ? (
          merge.identities.map(identityWords).join(', ') || merge.absorbedName
        ) : (
          <Link href={`/customers/${encodeURIComponent(merge.absorbedId)}`} className={styles.link}>
            {merge.absorbedName}
          </Link>
        )}
      </span>
      <span className={styles.why} title={merge.whyNot ?? undefined}>
        {undone !== null ? (
          `taken apart by ${undone.by}`
        ) : differs.length > 0 ? (
          <MeaningTag meaning="watch">{differsWords(differs)}</MeaningTag>
        ) : (
          becauseWords(because)
        )}
      </span>
      {onUndo === null ? (
        <span className={styles.at}>{at === null ? null : <Moment at={at} suffix=" ago" />}</span>
      ) : (
        <Button size="small" disabled={busy} onClick={onUndo}>
          Take apart
        </Button>
      )}
    </>
  );
}
