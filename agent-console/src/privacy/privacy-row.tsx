'use client';

import { Download } from 'lucide-react';
import { Button } from '../design/button';
import { MeaningTag } from '../design/meaning';
import { Meter } from '../design/meter';
import rows from '../design/rows.module.css';
import type { Change } from '../design/use-change';
import { useEngine } from '../engine/engine-provider';
import type { PrivacyRequestView } from '../engine/engine-types';
import { Moment } from '../time/moment';
import { saveFile } from './save-file';

type Props = { request: PrivacyRequestView; change: Change };

/** One request: whose, how far, and what came of it. */
export function PrivacyRow({ request, change }: Props): React.ReactNode {
  const { client } = useEngine();
  const { requestId, kind, state, displayName, progress, counts, fetchableUntil, problem } = request;
  const documents = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const done = state === 'done';
  const save = async (): Promise<void> => {
    const { fileName, json } = await client.privacy.fetch.query({ requestId });
    saveFile(fileName, json);
  };
  return (
    <div className={rows.row}>
      <span className={rows.main}>
        <span className={rows.name}>
          {kind === 'export' ? 'Export of' : 'Erasure of'} {displayName ?? 'a customer who is gone'}
          <MeaningTag meaning={done ? 'good' : problem === null ? 'neutral' : 'watch'}>
            {stateWords(request)}
          </MeaningTag>
        </span>
        <span className={rows.detail}>
          {request.requestedBy}, <Moment at={request.createdAt} suffix=" ago" />
          {request.reason === '' ? '' : ` · ${request.reason}`}
        </span>
      </span>
      <span className={rows.side}>
        {done ? (
          <span className={rows.detail}>
            {documents} documents {kind === 'export' ? 'written out' : 'erased'}
          </span>
        ) : (
          <>
            <Meter
              value={progress.done / progress.total}
              label={`${progress.done} of ${progress.total} steps`}
            />
            <span className={rows.detail}>{problem ?? stepWords(request)}</span>
          </>
        )}
      </span>
      <span className={rows.actions}>
        {fetchableUntil === null ? null : (
          <Button size="small" disabled={change.busy} onClick={() => void change.run(save)}>
            <Download size={14} /> Save as JSON
          </Button>
        )}
      </span>
    </div>
  );
}

function stateWords({ state, kind }: PrivacyRequestView): string {
  switch (state) {
    case 'waiting':
      return 'Waiting';
    case 'running':
      return kind === 'export' ? 'Writing' : 'Erasing';
    case 'settling':
      return 'Looking once more';
    case 'done':
      return 'Done';
  }
}

function stepWords({ state, progress }: PrivacyRequestView): string {
  return state === 'settling'
    ? 'All is gone; a second look comes within a minute'
    : `${progress.done} of ${progress.total} steps`;
}
