'use client';

import dynamic from 'next/dynamic';
import { usePathname, useRouter } from 'next/navigation';
import { Fragment, useEffect } from 'react';
import { Button } from '../design/button';
import { Empty } from '../design/empty';
import { useEngine } from '../engine/engine-provider';
import { awayWords } from './away-words';
import styles from './session-gate.module.css';
import { useSession } from './session-provider';

// Few ever need it, so it is fetched when a session ends.
const SignInAgain = dynamic(() => import('./sign-in-again').then((module) => module.SignInAgain), {
  ssr: false,
});

type Props = {
  children: React.ReactNode /** Holds the place while the session is checked. */;
  waiting: React.ReactNode;
};

/** Shows the console to who is signed in, and asks again over the open page when a session ends. */
export function SessionGate({ children, waiting }: Props): React.ReactNode {
  const { session } = useSession();
  const { address } = useEngine();
  const router = useRouter();
  const path = usePathname();
  const away = session.state === 'signed-out';
  useEffect(() => {
    if (away) router.replace(`/sign-in?next=${encodeURIComponent(path)}`);
  }, [away, path, router]);

  switch (session.state) {
    case 'checking':
    case 'signed-out':
      return waiting;
    case 'unreachable': {
      const { title, text } = awayWords(session.failure, address);
      return (
        <main className={styles.away}>
          <h1 className="sr-only">{title}</h1>
          <Empty title={title} action={<Button onClick={session.retry}>Try now</Button>}>
            <p role="status">{text} The page tries again every few seconds and goes on by itself.</p>
          </Empty>
        </main>
      );
    }
    case 'signed-in':
      return (
        <>
          {/* Another person begins with pages of their own: what was typed into these is not theirs. */}
          <Fragment key={session.agent.agentId}>{children}</Fragment>
          {session.expired ? <SignInAgain email={session.agent.email} /> : null}
        </>
      );
  }
}
