'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Button } from '../design/button';
import { ConfirmDialog } from '../design/confirm-dialog';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { MeaningTag } from '../design/meaning';
import { Notice } from '../design/notice';
import rows from '../design/rows.module.css';
import { RowsSkeleton } from '../design/rows-skeleton';
import { useChange } from '../design/use-change';
import { useEngine } from '../engine/engine-provider';
import type { ApiKeyView } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import page from '../shell/page.module.css';
import { Moment } from '../time/moment';
import { NewKeyDialog } from './new-key-dialog';
import { scopeWords } from './scope-words';

/** What programs may come in with: made here, shown once, taken back. */
export function KeysPage(): React.ReactNode {
  const { client } = useEngine();
  const queryClient = useQueryClient();
  const keys = useQuery({
    queryKey: queryKeys.keys,
    queryFn: ({ signal }) => client.key.list.query(undefined, { signal }),
  });
  const again = useCallback(() => queryClient.invalidateQueries({ queryKey: queryKeys.keys }), [queryClient]);
  const change = useChange(again);
  const [making, setMaking] = useState(false);
  const [asked, setAsked] = useState<ApiKeyView | null>(null);
  return (
    <main className={page.page}>
      <div className={page.inner}>
        <header className={`${page.header} ${rows.bar}`}>
          <div>
            <h1 className={page.title}>API keys</h1>
            <p className={page.lead}>
              What programs come in with. A key that is taken back is refused within 5 seconds.
            </p>
          </div>
          <Button look="primary" onClick={() => setMaking(true)}>
            <KeyRound size={16} /> New key
          </Button>
        </header>
        {change.problem === null ? null : (
          <Notice meaning="act" announce>
            {change.problem}
          </Notice>
        )}
        {keys.isError && keys.data === undefined ? (
          <Failure error={keys.error} what="The list of keys" onRetry={() => void keys.refetch()} />
        ) : null}
        {keys.isPending ? <RowsSkeleton /> : null}
        {keys.data?.items.length === 0 ? (
          <Empty icon={<KeyRound size={20} strokeWidth={1.5} />} title="No keys yet">
            A program needs one to send events or ask for decisions.
          </Empty>
        ) : null}
        {keys.data === undefined || keys.data.items.length === 0 ? null : (
          <ul aria-label="API keys" className={rows.list}>
            {keys.data.items.map((key) => (
              <li key={key.keyId} className={rows.row}>
                <span className={rows.main}>
                  <span className={`${rows.name} ${key.revokedAt === null ? '' : rows.gone}`}>
                    {key.name}
                    {key.revokedAt === null ? null : <MeaningTag meaning="neutral">Taken back</MeaningTag>}
                  </span>
                  <span className={rows.detail}>{key.scopes.map(scopeWords).join(', ')}</span>
                </span>
                <span className={rows.side}>
                  <span>
                    {key.usedAt === null ? (
                      'Never used'
                    ) : (
                      <>
                        Used <Moment at={key.usedAt} suffix=" ago" />
                      </>
                    )}
                  </span>
                  <span className={rows.detail}>
                    Made <Moment at={key.createdAt} suffix=" ago" />
                    {key.createdBy === null ? ' on the command line' : ` by ${key.createdBy}`}
                  </span>
                </span>
                <span className={rows.actions}>
                  {key.revokedAt === null ? (
                    <Button
                      size="small"
                      disabled={change.busy}
                      aria-label={`Take back ${key.name}`}
                      onClick={() => setAsked(key)}
                    >
                      Take back
                    </Button>
                  ) : null}
                </span>
              </li>
            ))}
          </ul>
        )}
        {making ? <NewKeyDialog onClose={() => setMaking(false)} onMade={again} /> : null}
        {asked === null ? null : (
          <ConfirmDialog
            title={`Take back “${asked.name}”?`}
            action="Take back"
            onClose={() => setAsked(null)}
            onConfirm={() => void change.run(() => client.key.revoke.mutate({ keyId: asked.keyId }))}
          >
            Programs that use it are refused from now on. It can’t be given back; make a new key instead.
          </ConfirmDialog>
        )}
      </div>
    </main>
  );
}
