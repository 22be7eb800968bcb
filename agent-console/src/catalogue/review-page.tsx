'use client';

import { ArrowLeft } from 'lucide-react';
import { Failure } from '../design/failure';
import { Link } from '../design/link';
import { Notice } from '../design/notice';
import { Skeleton } from '../design/skeleton';
import page from '../shell/page.module.css';
import { useTitle } from '../shell/use-title';
import { Moment } from '../time/moment';
import styles from './catalogue.module.css';
import { ChangesView } from './changes-view';
import { PublishSection } from './publish-section';
import { SimulateSection } from './simulate-section';
import { type Catalogue, useCatalogue, useDraftCheck } from './use-catalogue';

/** A draft before it is published: what it changes, what is wrong, what it would do, and putting it in force. */
export function ReviewPage({ draftId }: { draftId: string }): React.ReactNode {
  const catalogue = useCatalogue(draftId);
  const draft = catalogue.data?.draft;
  useTitle(draft === undefined || draft === null ? 'Draft' : draft.name);
  return (
    <main className={page.page} aria-busy={catalogue.data === undefined && !catalogue.isError}>
      <div className={page.inner}>
        <Link href={`/catalogue?draft=${encodeURIComponent(draftId)}`} className={styles.back}>
          <ArrowLeft size={14} />
          Catalogue
        </Link>
        {catalogue.data !== undefined && draft !== undefined && draft !== null ? (
          <>
            <header className={page.header}>
              <h1 className={page.title}>{draft.name}</h1>
              <p className={page.lead}>
                Begun from revision {draft.basedOn}, saved {draft.version}{' '}
                {draft.version === 1 ? 'time' : 'times'}, last by {draft.authorName}{' '}
                <Moment at={draft.updatedAt} suffix=" ago" />.
              </p>
            </header>
            <Review catalogue={catalogue.data} draft={draft} />
          </>
        ) : catalogue.isError ? (
          <Failure error={catalogue.error} what="This draft" onRetry={catalogue.retry} />
        ) : (
          <div aria-hidden="true" style={{ display: 'grid', gap: 12 }}>
            <Skeleton width="320px" height={24} />
            <Skeleton height={280} radius={8} />
          </div>
        )}
      </div>
    </main>
  );
}

type ReviewProps = { catalogue: Catalogue; draft: NonNullable<Catalogue['draft']> };

function Review({ catalogue, draft }: ReviewProps): React.ReactNode {
  const check = useDraftCheck(draft.draftId);
  if (check.data === undefined) {
    return check.isError ? (
      <Failure error={check.error} what="What it changes" onRetry={() => void check.refetch()} />
    ) : (
      <Skeleton height={160} radius={8} />
    );
  }
  const { problems, warnings, changes } = check.data;
  return (
    <>
      {problems.length === 0 ? null : (
        <Notice meaning="act">
          It can’t be simulated or published yet:
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Notice>
      )}
      {warnings.map((warning) => (
        <div key={warning} style={{ marginTop: 8 }}>
          <Notice meaning="watch">{warning}</Notice>
        </div>
      ))}
      <section className={page.section} aria-labelledby="changes">
        <h2 id="changes" className={page.sectionTitle}>
          What it changes
        </h2>
        {changes === null ? <p>Known once it has no mistakes.</p> : <ChangesView changes={changes} />}
      </section>
      <SimulateSection
        key={draft.version}
        draftId={draft.draftId}
        content={catalogue.content}
        blocked={problems.length > 0}
      />
      <PublishSection draft={draft} check={check.data} />
    </>
  );
}
