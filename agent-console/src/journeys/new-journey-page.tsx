'use client';

import { ArrowLeft } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { Link } from '../design/link';
import { Skeleton } from '../design/skeleton';
import { useSession } from '../session/session-provider';
import page from '../shell/page.module.css';
import styles from './journey-page.module.css';

// A draft is kept in the browser, which the server has not got.
const load = () => import('./editor/journey-editor');
const JourneyEditor = dynamic(() => load().then((module) => module.JourneyEditor), {
  ssr: false,
  loading: () => <Skeleton height={440} radius={8} />,
});

const BEGINNING = `# What it is for, in a line.
journeyId: thank-you
name: Thank-you after the first order
entry: { type: event, event: Order Completed, key: [context.order_id] }
exits:
  - { name: ordered again, event: Order Completed, goal: true }
steps:
  - { id: pause, type: wait, for: 1d, at: "10:00" }
  - { id: call, type: notifyAgent, title: Thank the customer }
`;

/** A new journey begins as a text that already works. */
export function NewJourneyPage(): React.ReactNode {
  const router = useRouter();
  const { permissions } = useSession();
  return (
    <main className={page.page}>
      <div className={styles.inner}>
        <Link href="/journeys" className={styles.back}>
          <ArrowLeft size={14} />
          Journeys
        </Link>
        <header className={styles.header}>
          <h1 className={page.title}>New journey</h1>
          <p className={styles.about}>
            Nothing happens before it is published. What you type is kept in this browser.
          </p>
        </header>
        <JourneyEditor
          journeyId="new"
          text=""
          beginning={BEGINNING}
          basedOn={0}
          mayPublish={permissions.includes('journeys:publish')}
          onPublished={(journeyId) => router.push(`/journeys/${encodeURIComponent(journeyId)}`)}
        />
      </div>
    </main>
  );
}
