'use client';

import { useQuery } from '@tanstack/react-query';
import { Failure } from '../design/failure';
import { MeaningTag } from '../design/meaning';
import { Skeleton } from '../design/skeleton';
import { useEngine } from '../engine/engine-provider';
import type { ChannelView } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import page from '../shell/page.module.css';
import { Moment } from '../time/moment';
import { ChannelTest } from './channel-test';
import styles from './channels-page.module.css';
import { EndpointSwitch } from './endpoint-switch';

/** Each way a message can leave: whether it can, what to set, a message to oneself, and what failed last. */
export function ChannelsPage(): React.ReactNode {
  const { client } = useEngine();
  const channels = useQuery({
    queryKey: queryKeys.channels,
    queryFn: ({ signal }) => client.channel.list.query(undefined, { signal }),
  });
  const all = channels.data?.channels ?? [];
  return (
    <main className={page.page} aria-busy={channels.isPending}>
      <div className={page.inner}>
        <header className={page.header}>
          <h1 className={page.title}>Channels</h1>
          <p className={page.lead}>
            How messages leave. A channel is configured by environment variables; without them it sends
            nothing.
          </p>
        </header>
        {channels.isError ? (
          <Failure error={channels.error} what="The channels" onRetry={() => void channels.refetch()} />
        ) : null}
        {channels.isPending ? <ChannelsSkeleton /> : null}
        <Group title="To customers" channels={all.filter(({ forStaff }) => !forStaff)} />
        <Group title="To colleagues" channels={all.filter(({ forStaff }) => forStaff)} />
      </div>
    </main>
  );
}

function Group({ title, channels }: { title: string; channels: readonly ChannelView[] }): React.ReactNode {
  if (channels.length === 0) return null;
  return (
    <section className={styles.group}>
      <h2 className={page.sectionTitle}>{title}</h2>
      <ul className={styles.list}>
        {channels.map((channel) => (
          <li key={channel.channel} className={styles.channel}>
            <Channel channel={channel} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Channel({ channel: view }: { channel: ChannelView }): React.ReactNode {
  const { name, configured, detail, retrying, inDoubt, endpoints, callbacks, failures } = view;
  return (
    <article aria-label={name}>
      <div className={styles.head}>
        <h3 className={styles.name}>{name}</h3>
        <MeaningTag meaning={configured ? 'good' : 'neutral'}>
          {configured ? 'Configured' : 'Not configured'}
        </MeaningTag>
        {retrying === 0 ? null : (
          <MeaningTag meaning="watch">
            {retrying} {retrying === 1 ? 'waits' : 'wait'} for another try
          </MeaningTag>
        )}
        {inDoubt === 0 ? null : (
          <MeaningTag meaning="watch">{inDoubt} may have arrived once too often</MeaningTag>
        )}
        {configured ? <ChannelTest channel={view} /> : null}
      </div>
      {configured ? null : <p className={styles.detail}>{detail}</p>}
      {endpoints.map((endpoint) => (
        <EndpointSwitch key={endpoint.name} endpoint={endpoint} />
      ))}
      {configured && callbacks.length > 0 ? (
        <dl className={styles.callbacks}>
          {callbacks.map(({ what, url }) => (
            <div key={url}>
              <dt>{what}</dt>
              <dd>
                <code>{url.startsWith('/') ? `SEGUE_PUBLIC_API_URL${url}` : url}</code>
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {failures.length === 0 ? null : (
        <ul className={styles.failures} aria-label={`Last failures on ${name}`}>
          {failures.map(({ deliveryId, to, detail: why, at }) => (
            <li key={deliveryId}>
              <MeaningTag meaning="act">Failed</MeaningTag>
              <span className={styles.why}>
                {why} <span className={styles.to}>to {to}</span>
              </span>
              <Moment at={at} className={styles.at} />
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

function ChannelsSkeleton(): React.ReactNode {
  return (
    <div aria-hidden="true" className={styles.list}>
      {['e-mail', 'sms', 'whatsapp', 'push', 'browser'].map((key) => (
        <div key={key} className={styles.channel}>
          <Skeleton width="30%" />
        </div>
      ))}
    </div>
  );
}
