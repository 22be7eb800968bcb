'use client';

import { ChevronRight, Plus, Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { channelWords } from '../customer/standing';
import { Button } from '../design/button';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { Link } from '../design/link';
import { Skeleton } from '../design/skeleton';
import { useMay } from '../session/use-may';
import page from '../shell/page.module.css';
import { useNow } from '../time/use-now';
import { type ActionLine, actionTree } from './actions';
import styles from './catalogue.module.css';
import { DraftBar } from './draft-bar';
import { type Catalogue, useCatalogue, useDraftId } from './use-catalogue';

/** Everything the company could do: issues, their groups, and the actions of these. */
export function CataloguePage(): React.ReactNode {
  const draftId = useDraftId();
  const catalogue = useCatalogue(draftId);
  return (
    <main className={page.page} aria-busy={catalogue.data === undefined && !catalogue.isError}>
      <div className={page.inner}>
        <header className={page.header}>
          <h1 className={page.title}>Catalogue</h1>
          <p className={page.lead}>Everything the company could do, and in which words.</p>
        </header>
        {catalogue.data !== undefined ? (
          <Actions catalogue={catalogue.data} />
        ) : catalogue.isError ? (
          <Failure error={catalogue.error} what="The catalogue" onRetry={catalogue.retry} />
        ) : (
          <div aria-hidden="true" style={{ display: 'grid', gap: 12 }}>
            <Skeleton height={32} />
            <Skeleton height={32} />
            <Skeleton height={280} radius={8} />
          </div>
        )}
      </div>
    </main>
  );
}

function Actions({ catalogue }: { catalogue: Catalogue }): React.ReactNode {
  const [search, setSearch] = useState('');
  const router = useRouter();
  const mayWrite = useMay('catalogue:write');
  const now = useNow();
  const { actions } = catalogue.content;
  const issues = useMemo(() => actionTree(actions, { search, now }), [actions, search, now]);
  const query = catalogue.draft === null ? '' : `?draft=${catalogue.draft.draftId}`;
  const found = issues.reduce(
    (sum, { groups }) => sum + groups.reduce((inner, each) => inner + each.actions.length, 0),
    0,
  );
  return (
    <>
      <DraftBar catalogue={catalogue} />
      <div className={styles.tools}>
        <label className={styles.search}>
          <Search size={15} strokeWidth={1.8} />
          <span className="sr-only">Search actions</span>
          <input
            type="search"
            placeholder="Search by name, group, tag or words"
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        </label>
        <span className={styles.count} role="status">
          {found} of {actions.length} actions
        </span>
        {mayWrite ? (
          <Button onClick={() => router.push(`/catalogue/actions/new${query}`)}>
            <Plus size={15} />
            New action
          </Button>
        ) : null}
      </div>
      {actions.length === 0 ? (
        <Empty title="No actions yet">
          Until there is one, every decision says that there is nothing to offer. Add one here, or push a
          folder with <code>npm run catalogue -- push</code>.
        </Empty>
      ) : null}
      {actions.length > 0 && found === 0 ? <Empty title="No action holds all of these words" /> : null}
      {issues.map(({ issue, groups }) => (
        <section key={issue} className={styles.issue} aria-label={`Issue ${issue}`}>
          <h2 className={styles.issueName}>{titleCase(issue)}</h2>
          {groups.map(({ group, actions: lines }) => (
            <div key={group} className={styles.group}>
              <h3 className={styles.groupName}>
                {titleCase(group)} <span>{lines.length}</span>
              </h3>
              <ul>
                {lines.map((line) => (
                  <li key={`${line.index} ${line.actionId}`}>
                    <ActionRow line={line} query={query} />
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </section>
      ))}
    </>
  );
}

function ActionRow({ line, query }: { line: ActionLine; query: string }): React.ReactNode {
  return (
    <Link href={`/catalogue/actions/${encodeURIComponent(line.actionId)}${query}`} className={styles.action}>
      <span className={styles.actionName}>
        {line.name}
        <span className={styles.quiet}> {line.actionId}</span>
      </span>
      <span className={styles.quiet}>{line.channels.map(channelWords).join(', ')}</span>
      <span className={styles.quiet}>
        {line.class}
        {line.dates === null ? '' : `, ${line.dates}`}
      </span>
      <span className={styles.worth} title="What one yes brings, in the shop’s currency, less what it costs">
        {line.worth === '' ? '' : `worth ${line.worth}`}
      </span>
      <ChevronRight size={14} className={styles.chevron} />
    </Link>
  );
}

function titleCase(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
