'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../design/button';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { Field } from '../design/field';
import rows from '../design/rows.module.css';
import { RowsSkeleton } from '../design/rows-skeleton';
import { Select } from '../design/select';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import page from '../shell/page.module.css';
import { AuditEntry } from './audit-entry';
import { AUDIT_PARTS, type AuditPart } from './audit-words';

/** The end of a day, as the engine wants it: not included. */
function dayAfter(day: string): string {
  return new Date(new Date(`${day}T00:00:00`).getTime() + 86_400_000).toISOString();
}

/** Who changed what, when, from what to what. */
export function AuditPage(): React.ReactNode {
  const { client } = useEngine();
  const [what, setWhat] = useState<AuditPart>('');
  const [who, setWho] = useState<{ id: string; name: string } | null>(null);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const filter = {
    ...(what === '' ? {} : { what }),
    ...(who === null ? {} : { who: who.id }),
    ...(from === '' ? {} : { from: new Date(`${from}T00:00:00`).toISOString() }),
    ...(to === '' ? {} : { to: dayAfter(to) }),
  };
  const query = useInfiniteQuery({
    queryKey: queryKeys.audit(JSON.stringify(filter)),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      client.audit.list.query(
        { ...filter, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        { signal },
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const items = query.data?.pages.flatMap((each) => each.items) ?? [];
  const filtered = Object.keys(filter).length > 0;
  return (
    <main className={page.page}>
      <div className={page.inner}>
        <header className={page.header}>
          <h1 className={page.title}>Audit log</h1>
          <p className={page.lead}>
            Every change people and programs made, the newest first. No secrets are in it.
          </p>
        </header>
        <div className={rows.filters}>
          <Select label="What" value={what} options={AUDIT_PARTS} onChange={setWhat} />
          <Field label="From" type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
          <Field label="To" type="date" value={to} onChange={(event) => setTo(event.target.value)} />
        </div>
        {who === null ? null : (
          <p className={rows.note}>
            Only what {who.name} did.{' '}
            <Button size="small" onClick={() => setWho(null)}>
              Show everybody
            </Button>
          </p>
        )}
        {query.isError && query.data === undefined ? (
          <Failure error={query.error} what="The audit log" onRetry={() => void query.refetch()} />
        ) : null}
        {query.isPending ? <RowsSkeleton /> : null}
        {query.data !== undefined && items.length === 0 ? (
          <Empty
            icon={<ScrollText size={20} strokeWidth={1.5} />}
            title={filtered ? 'Nothing fits these filters' : 'No changes yet'}
          >
            Changes to people, keys, actions, rules, journeys and models show here.
          </Empty>
        ) : null}
        {items.length === 0 ? null : (
          <ol aria-label="Changes" className={rows.list} aria-busy={query.isPlaceholderData}>
            {items.map((entry) => (
              <li key={entry.auditId}>
                <AuditEntry entry={entry} onWho={setWho} />
              </li>
            ))}
          </ol>
        )}
        {query.hasNextPage ? (
          <Button
            size="small"
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
            style={{ marginTop: 16 }}
          >
            Show older changes
          </Button>
        ) : null}
      </div>
    </main>
  );
}
