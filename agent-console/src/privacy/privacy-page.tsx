'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Button } from '../design/button';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { Notice } from '../design/notice';
import rows from '../design/rows.module.css';
import { RowsSkeleton } from '../design/rows-skeleton';
import { useChange } from '../design/use-change';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import page from '../shell/page.module.css';
import { NewRequestDialog } from './new-request-dialog';
import { PrivacyRow } from './privacy-row';

/** While something is under way it is looked at this often, in milliseconds. */
const LOOK_EVERY = 1500;

/** What customers may ask of their data: a copy of all of it, or that it is gone. */
export function PrivacyPage(): React.ReactNode {
  const { client } = useEngine();
  const queryClient = useQueryClient();
  const requests = useQuery({
    queryKey: queryKeys.privacy,
    queryFn: ({ signal }) => client.privacy.list.query(undefined, { signal }),
    refetchInterval: (query) =>
      query.state.data?.items.some(({ state }) => state !== 'done') ? LOOK_EVERY : false,
  });
  const again = useCallback(
    () => queryClient.invalidateQueries({ queryKey: queryKeys.privacy }),
    [queryClient],
  );
  const change = useChange();
  const [asking, setAsking] = useState<'export' | 'erase' | null>(null);
  return (
    <main className={page.page}>
      <div className={page.inner}>
        <header className={`${page.header} ${rows.bar}`}>
          <div>
            <h1 className={page.title}>Privacy requests</h1>
            <p className={page.lead}>A copy of everything kept of one customer, or all of it gone.</p>
          </div>
          <span className={rows.actions}>
            <Button onClick={() => setAsking('erase')}>Erase a customer</Button>
            <Button look="primary" onClick={() => setAsking('export')}>
              Export a customer
            </Button>
          </span>
        </header>
        {change.problem === null ? null : (
          <Notice meaning="act" announce>
            {change.problem}
          </Notice>
        )}
        {requests.isError && requests.data === undefined ? (
          <Failure
            error={requests.error}
            what="The list of requests"
            onRetry={() => void requests.refetch()}
          />
        ) : null}
        {requests.isPending ? <RowsSkeleton /> : null}
        {requests.data?.items.length === 0 ? (
          <Empty icon={<ShieldCheck size={20} strokeWidth={1.5} />} title="Nobody has asked yet">
            When a customer asks what you keep of them, or to be forgotten, begin it here. Both run in the
            background and go on by themselves after a restart.
          </Empty>
        ) : null}
        {requests.data === undefined || requests.data.items.length === 0 ? null : (
          <ul aria-label="Privacy requests" className={rows.list}>
            {requests.data.items.map((request) => (
              <li key={request.requestId}>
                <PrivacyRow request={request} change={change} />
              </li>
            ))}
          </ul>
        )}
        {asking === null ? null : (
          <NewRequestDialog kind={asking} onClose={() => setAsking(null)} onBegun={again} />
        )}
      </div>
    </main>
  );
}
