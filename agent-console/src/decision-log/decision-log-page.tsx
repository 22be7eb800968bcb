'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { channelWords } from '../customer/standing';
import styles from '../dashboards/dashboards.module.css';
import { Button } from '../design/button';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { Link } from '../design/link';
import { Skeleton } from '../design/skeleton';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import page from '../shell/page.module.css';
import { useAddressFilter } from '../shell/use-address-filter';
import { Moment } from '../time/moment';

const CHANNELS = ['agent', 'web', 'email', 'sms', 'push', 'whatsapp', 'app'] as const;
const OUTCOMES = ['shown', 'clicked', 'accepted', 'rejected', 'postponed', 'converted', 'ignored'] as const;

const FILTERS = ['channel', 'outcome', 'actionId'] as const;

/** Every decision, the newest first: for whom, what was chosen, and what came of it. */
export function DecisionLogPage(): React.ReactNode {
  const [filter, setFilter] = useAddressFilter(FILTERS);
  const { client } = useEngine();
  const { channel } = filter;
  const actionId = filter.actionId.trim();
  const outcome = OUTCOMES.find((each) => each === filter.outcome) ?? '';
  const decisions = useInfiniteQuery({
    queryKey: queryKeys.decisions(JSON.stringify({ channel, outcome, actionId })),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      client.decision.list.query(
        {
          ...(channel === '' ? {} : { channel }),
          ...(outcome === '' ? {} : { outcome }),
          ...(actionId === '' ? {} : { actionId }),
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const items = decisions.data?.pages.flatMap((each) => each.items) ?? [];
  const filtered = channel !== '' || outcome !== '' || actionId !== '';
  return (
    <main className={page.page} aria-busy={decisions.isPending}>
      <div className={page.inner}>
        <header className={page.header}>
          <h1 className={page.title}>Decisions</h1>
          <p className={page.lead}>
            What was decided for whom, newest first. Each opens its record with every rule.
          </p>
        </header>
        <div className={styles.tools}>
          <label>
            Channel
            <select
              className={styles.select}
              value={channel}
              onChange={({ target }) => setFilter({ channel: target.value }, 'step')}
            >
              <option value="">Any</option>
              {CHANNELS.map((each) => (
                <option key={each} value={each}>
                  {channelWords(each)}
                </option>
              ))}
            </select>
          </label>
          <label>
            Outcome
            <select
              className={styles.select}
              value={outcome}
              onChange={({ target }) => setFilter({ outcome: target.value }, 'step')}
            >
              <option value="">Any</option>
              {OUTCOMES.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </select>
          </label>
          <label>
            Action
            <input
              className={styles.select}
              placeholder="its id"
              value={filter.actionId}
              onChange={({ target }) => setFilter({ actionId: target.value }, 'typing')}
            />
          </label>
        </div>
        {decisions.isPending ? <Skeleton height={280} radius={8} /> : null}
        {decisions.isError ? (
          <Failure error={decisions.error} what="The decisions" onRetry={() => void decisions.refetch()} />
        ) : null}
        {decisions.isSuccess && items.length === 0 ? (
          <Empty title={filtered ? 'No decision is like that' : 'No decision yet'}>
            {filtered ? null : (
              <>
                Open a customer in the inbox, or call <code>POST /v1/decide</code>.
              </>
            )}
          </Empty>
        ) : null}
        {items.length === 0 ? null : (
          <div className={styles.scroll}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">Decided</th>
                  <th scope="col">Customer</th>
                  <th scope="col">Channel</th>
                  <th scope="col">Chosen</th>
                  <th scope="col">What came of it</th>
                </tr>
              </thead>
              <tbody>
                {items.map(
                  ({ decisionId, customerId, displayName, channel, decidedAt, chosen, none, outcomes }) => (
                    <tr key={decisionId}>
                      <td>
                        <Moment at={decidedAt} suffix=" ago" />
                      </td>
                      <td>
                        <Link href={`/customers/${encodeURIComponent(customerId)}`}>{displayName}</Link>
                      </td>
                      <td>{channelWords(channel)}</td>
                      <th scope="row">
                        <Link href={`/decisions/${encodeURIComponent(decisionId)}`} className={styles.rows}>
                          {chosen[0]?.name ?? none ?? 'nothing'}
                        </Link>
                        {chosen.length > 1 ? (
                          <span className={styles.quiet}> and {chosen.length - 1} more</span>
                        ) : null}
                      </th>
                      <td className={styles.quiet}>
                        {[...new Set(outcomes.map(({ outcome }) => outcome))].join(', ')}
                      </td>
                    </tr>
                  ),
                )}
              </tbody>
            </table>
          </div>
        )}
        {decisions.hasNextPage ? (
          <p style={{ marginTop: 12 }}>
            <Button size="small" onClick={() => void decisions.fetchNextPage()}>
              Show older decisions
            </Button>
          </p>
        ) : null}
      </div>
    </main>
  );
}
