'use client';

import { History, PencilLine } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { Link } from '../design/link';
import { MeaningTag } from '../design/meaning';
import { Moment } from '../time/moment';
import styles from './catalogue.module.css';
import { type Catalogue, useDrafts } from './use-catalogue';

/** Which catalogue is shown, the one in force or a draft, and the way to the other. */
export function DraftBar({ catalogue }: { catalogue: Catalogue }): React.ReactNode {
  const router = useRouter();
  const path = usePathname();
  const drafts = useDrafts().data?.items ?? [];
  const { draft, revision } = catalogue;
  const open = (draftId: string): void => router.push(draftId === '' ? path : `${path}?draft=${draftId}`);
  return (
    <div className={styles.bar}>
      {draft === null ? (
        <MeaningTag meaning="good">In force</MeaningTag>
      ) : (
        <MeaningTag meaning="watch">Draft</MeaningTag>
      )}
      {drafts.length === 0 && draft === null ? (
        <span className={styles.barText}>Revision {revision?.revision ?? 0}</span>
      ) : (
        <select
          aria-label="What is shown"
          className={styles.select}
          value={draft?.draftId ?? ''}
          onChange={({ target }) => open(target.value)}
        >
          <option value="">
            What is in force{revision === null ? '' : `, revision ${revision.revision}`}
          </option>
          {drafts.map(({ draftId, name }) => (
            <option key={draftId} value={draftId}>
              {name}
            </option>
          ))}
        </select>
      )}
      <span className={styles.barText}>
        {draft !== null ? (
          <>
            saved <Moment at={draft.updatedAt} suffix=" ago" /> by {draft.authorName}
          </>
        ) : revision !== null && revision.revision > 0 ? (
          <>
            published <Moment at={revision.createdAt} suffix=" ago" /> by {revision.authorName}
          </>
        ) : null}
      </span>
      <span className={styles.space} />
      {draft === null ? null : (
        <Link href={`/catalogue/drafts/${encodeURIComponent(draft.draftId)}`} className={styles.barLink}>
          <PencilLine size={14} strokeWidth={1.8} />
          Review, simulate, publish
        </Link>
      )}
      <Link href="/catalogue/history" className={styles.barLink}>
        <History size={14} strokeWidth={1.8} />
        History
      </Link>
    </div>
  );
}
