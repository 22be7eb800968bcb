'use client';

import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { ArrowLeft, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../design/button';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { Link } from '../design/link';
import { MeaningTag } from '../design/meaning';
import { Modal } from '../design/modal';
import { Notice } from '../design/notice';
import { Skeleton } from '../design/skeleton';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import type { RevisionSummary } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import { useMay } from '../session/use-may';
import page from '../shell/page.module.css';
import { Moment } from '../time/moment';
import styles from './catalogue.module.css';
import { ChangesView } from './changes-view';
import { useCatalogueMoved } from './use-catalogue';

/** Every revision of the catalogue: who published what and why, and going back to one. */
export function HistoryPage(): React.ReactNode {
  const { client } = useEngine();
  const [restoring, setRestoring] = useState<RevisionSummary | null>(null);
  const mayPublish = useMay('catalogue:publish');
  const revisions = useInfiniteQuery({
    queryKey: queryKeys.revisions,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      client.catalogue.revisions.query(
        { limit: 20, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        { signal },
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const items = revisions.data?.pages.flatMap((each) => each.items) ?? [];
  return (
    <main className={page.page} aria-busy={revisions.isPending}>
      <div className={page.inner}>
        <Link href="/catalogue" className={styles.back}>
          <ArrowLeft size={14} />
          Catalogue
        </Link>
        <header className={page.header}>
          <h1 className={page.title}>History</h1>
          <p className={page.lead}>Actions, policies and segments, as they were published.</p>
        </header>
        {revisions.isPending ? <Skeleton height={240} radius={8} /> : null}
        {revisions.isError ? (
          <Failure error={revisions.error} what="The history" onRetry={() => void revisions.refetch()} />
        ) : null}
        {revisions.isSuccess && items.length === 0 ? <Empty title="Nothing was published yet" /> : null}
        <ol>
          {items.map((revision, index) => (
            <li key={revision.revision} className={styles.revision}>
              <Revision
                revision={revision}
                inForce={index === 0}
                onRestore={mayPublish && index > 0 ? () => setRestoring(revision) : null}
              />
            </li>
          ))}
        </ol>
        {revisions.hasNextPage ? (
          <Button size="small" onClick={() => void revisions.fetchNextPage()}>
            Show older revisions
          </Button>
        ) : null}
        {restoring === null ? null : <Restore revision={restoring} onClose={() => setRestoring(null)} />}
      </div>
    </main>
  );
}

type RevisionProps = { revision: RevisionSummary; inForce: boolean; onRestore: (() => void) | null };

function Revision({ revision, inForce, onRestore }: RevisionProps): React.ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <div className={styles.revisionLine}>
        <strong>{revision.revision}</strong>
        <span>
          {revision.note === '' ? 'No note' : revision.note}
          {revision.restores === null ? null : (
            <span className={styles.quiet}> brings revision {revision.restores} back</span>
          )}
          <br />
          <span className={styles.quiet}>
            {revision.authorName}, <Moment at={revision.createdAt} suffix=" ago" />
          </span>
        </span>
        {inForce ? <MeaningTag meaning="good">In force</MeaningTag> : <span />}
        <span className={styles.row}>
          <Button size="small" look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
            What changed<span className="sr-only"> in revision {revision.revision}</span>
          </Button>
          {onRestore === null ? null : (
            <Button size="small" onClick={onRestore}>
              <Undo2 size={14} />
              Bring back…<span className="sr-only"> revision {revision.revision}</span>
            </Button>
          )}
        </span>
      </div>
      {open ? (
        <div className={styles.revisionBody}>
          <Changed revision={revision.revision} />
        </div>
      ) : null}
    </>
  );
}

function Changed({ revision }: { revision: number }): React.ReactNode {
  const { client } = useEngine();
  const diff = useQuery({
    queryKey: queryKeys.revisionDiff(revision),
    queryFn: ({ signal }) => client.catalogue.diff.query({ from: revision - 1, to: revision }, { signal }),
  });
  if (diff.isError) {
    return <Failure error={diff.error} what="What it changed" onRetry={() => void diff.refetch()} />;
  }
  return diff.data === undefined ? <Skeleton height={60} /> : <ChangesView changes={diff.data} />;
}

function Restore({ revision, onClose }: { revision: RevisionSummary; onClose: () => void }): React.ReactNode {
  const { client } = useEngine();
  const moved = useCatalogueMoved();
  const restore = useMutation({
    mutationFn: () => client.catalogue.rollBack.mutate({ to: revision.revision }),
    onSuccess: async () => {
      onClose();
      await moved();
    },
  });
  return (
    <Modal
      open
      onClose={onClose}
      title={`Bring revision ${revision.revision} back?`}
      description="Its content becomes a new revision, in force within seconds. Nothing of the history is lost."
    >
      {restore.isError ? (
        <Notice meaning="act" announce>
          {failureText(engineFailure(restore.error))}
        </Notice>
      ) : null}
      <div className={styles.row} style={{ justifyContent: 'flex-end', marginTop: 16 }}>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" disabled={restore.isPending} onClick={() => restore.mutate()}>
          Bring it back
        </Button>
      </div>
    </Modal>
  );
}
