'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { Notice } from '../design/notice';
import { useEngine } from '../engine/engine-provider';
import { Logo } from '../shell/logo';
import { awayWords } from './away-words';
import { safePath } from './safe-path';
import { useSession } from './session-provider';
import { SignInForm } from './sign-in-form';
import styles from './sign-in-page.module.css';
import { SignOnLink, signOnProblem } from './sign-on-link';

/** Where an agent signs in; goes on to `next` once someone is. */
export function SignInPage({ next, problem }: { next: string; problem: string }): React.ReactNode {
  const router = useRouter();
  const { address } = useEngine();
  const { session } = useSession();
  const cameBack = signOnProblem(problem);
  const signedIn = session.state === 'signed-in' && !session.expired;
  useEffect(() => {
    if (signedIn) router.replace(safePath(next));
  }, [signedIn, next, router]);

  return (
    <main className={styles.page}>
      <div className={styles.panel}>
        <div className={styles.brand}>
          <Logo size={36} />
          <h1 className={styles.title}>Sign in to Segue</h1>
          <p className={styles.lead}>What to do next for each customer, and why.</p>
        </div>
        {session.state === 'unreachable' ? (
          <Notice meaning="watch" announce>
            {awayWords(session.failure, address).text} Trying again every few seconds.
          </Notice>
        ) : null}
        {cameBack === null ? null : (
          <Notice meaning="watch" announce>
            {cameBack}
          </Notice>
        )}
        <SignInForm />
        <SignOnLink next={safePath(next)} />
        <p className={styles.foot}>
          The first account is printed in the terminal when Segue starts for the first time.
        </p>
      </div>
    </main>
  );
}
