'use client';

import { ArrowLeft } from 'lucide-react';
import { useCustomer, useFollow } from '../customer/use-customer';
import { Failure } from '../design/failure';
import { Link } from '../design/link';
import { Skeleton } from '../design/skeleton';
import type { DecisionRecord } from '../engine/engine-types';
import { useDecisionRecord } from '../next-action/use-decision';
import page from '../shell/page.module.css';
import { useTitle } from '../shell/use-title';
import { absoluteTime } from '../time/relative-time';
import { Candidates } from './candidates';
import styles from './decision-page.module.css';
import { Outcomes } from './outcomes';
import { Ranking } from './ranking';

/** The record of one decision: what could have been, why it came out so, and what came of it. */
export function DecisionPage({ decisionId }: { decisionId: string }): React.ReactNode {
  const record = useDecisionRecord(decisionId);
  return (
    <main className={page.page} aria-busy={record.isPending}>
      <div className={page.inner}>
        {record.data !== undefined ? (
          <Record record={record.data} />
        ) : (
          <>
            <h1 className={page.title}>Decision</h1>
            {record.isError ? (
              <Failure error={record.error} what="This decision" onRetry={() => void record.refetch()} />
            ) : (
              <div aria-hidden="true" style={{ display: 'grid', gap: 16, marginTop: 16 }}>
                <Skeleton width="320px" />
                <Skeleton height={160} radius={8} />
                <Skeleton height={240} radius={8} />
              </div>
            )}
          </>
        )}
      </div>
    </main>
  );
}

function Record({ record }: { record: DecisionRecord }): React.ReactNode {
  useFollow(record.customerId);
  const customer = useCustomer(record.customerId);
  const name = customer.data?.displayName ?? 'this customer';
  const currency = customer.data?.summary.currency ?? null;
  useTitle(`Decision for ${name}`);
  return (
    <>
      <header className={page.header}>
        <Link href={`/customers/${encodeURIComponent(record.customerId)}`} className={styles.back}>
          <ArrowLeft size={14} />
          {customer.data?.displayName ?? 'Customer'}
        </Link>
        <h1 className={page.title}>{titleOf(record)}</h1>
        <p className={page.lead}>
          Decided for {name} on {absoluteTime(Date.parse(record.decidedAt))}, for the {record.channel}{' '}
          channel, asked by {record.requestedBy}.
        </p>
      </header>
      <Outcomes outcomes={record.outcomes} actions={record.actions} currency={currency} />
      <Ranking record={record} />
      <Candidates candidates={record.candidates} />
      <section className={page.section} aria-labelledby="versions">
        <h2 id="versions" className={page.sectionTitle}>
          Decided with
        </h2>
        <dl className={styles.versions}>
          <Version name="Policy" value={record.policyVersion} />
          <Version name="Catalogue" value={record.catalogueVersion} />
          {Object.entries(record.modelVersions).map(([model, version]) => (
            <Version key={model} name={`Model: ${model}`} value={version} />
          ))}
          <Version name="Decision" value={record.decisionId} />
        </dl>
      </section>
    </>
  );
}

function Version({ name, value }: { name: string; value: string }): React.ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function titleOf(record: DecisionRecord): string {
  return record.actions[0]?.name ?? 'Nothing was suggested';
}
