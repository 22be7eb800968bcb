'use client';

import { ArrowLeft } from 'lucide-react';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { Link } from '../design/link';
import { Skeleton } from '../design/skeleton';
import page from '../shell/page.module.css';
import { useTitle } from '../shell/use-title';
import { ActionEditor } from './action-editor';
import styles from './catalogue.module.css';
import { DraftBar } from './draft-bar';
import { type Catalogue, useCatalogue, useDraftId } from './use-catalogue';

const FRESH = {
  name: '',
  issue: 'service',
  group: 'new',
  class: 'promotional',
  value: { type: 'fixed', amount: 0 },
  cost: 0,
  startingPropensity: 0.1,
  treatments: [{ treatmentId: 'agent', channel: 'agent', title: '', talkTrack: '' }],
};

/** One action: what it is, when it fits, what it is worth, and in which words. `new` begins one. */
export function ActionPage({ actionId }: { actionId: string }): React.ReactNode {
  const draftId = useDraftId();
  const catalogue = useCatalogue(draftId);
  useTitle(actionId === 'new' ? 'New action' : actionId);
  const back = `/catalogue${draftId === null ? '' : `?draft=${draftId}`}`;
  return (
    <main className={page.page} aria-busy={catalogue.data === undefined && !catalogue.isError}>
      <div className={page.inner}>
        <Link href={back} className={styles.back}>
          <ArrowLeft size={14} />
          Catalogue
        </Link>
        {catalogue.data !== undefined ? (
          <Action catalogue={catalogue.data} actionId={actionId} />
        ) : catalogue.isError ? (
          <Failure error={catalogue.error} what="The catalogue" onRetry={catalogue.retry} />
        ) : (
          <div aria-hidden="true" style={{ display: 'grid', gap: 12 }}>
            <Skeleton width="320px" height={24} />
            <Skeleton height={360} radius={8} />
          </div>
        )}
      </div>
    </main>
  );
}

function Action({ catalogue, actionId }: { catalogue: Catalogue; actionId: string }): React.ReactNode {
  const { actions } = catalogue.content;
  const index = actions.findIndex((action) => action['actionId'] === actionId);
  const action = actionId === 'new' ? FRESH : actions[index];
  const name = action?.['name'];
  return (
    <>
      <h1 className={page.title} style={{ marginBottom: 12 }}>
        {actionId === 'new' ? 'New action' : typeof name === 'string' && name !== '' ? name : actionId}
      </h1>
      <DraftBar catalogue={catalogue} />
      {action === undefined ? (
        <Empty title={`There is no action “${actionId}” here`}>It may be in another draft.</Empty>
      ) : (
        <ActionEditor
          key={`${catalogue.draft?.draftId ?? 'in force'} ${actionId}`}
          catalogue={catalogue}
          index={actionId === 'new' ? null : index}
          action={action}
        />
      )}
    </>
  );
}
