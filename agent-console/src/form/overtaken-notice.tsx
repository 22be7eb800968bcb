'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '../design/button';
import { Notice } from '../design/notice';
import styles from './overtaken.module.css';
import type { Overtaken } from './use-kept';

const CompareDialog = dynamic(() => import('./compare-dialog').then((module) => module.CompareDialog), {
  ssr: false,
});

type Props = {
  /** Null: nothing came in between, and nothing is shown. */
  overtaken: Overtaken<unknown> | null;
  /** Who changed it meanwhile; null where nobody knows. */
  by: string | null;
};

/** Says that what is being edited was changed by somebody else since, before saving would undo it. */
export function OvertakenNotice({ overtaken, by }: Props): React.ReactNode {
  const [comparing, setComparing] = useState(false);
  if (overtaken === null) return null;
  const { keepMine, takeTheirs } = overtaken;
  return (
    <>
      <Notice meaning="watch" announce>
        <div className={styles.notice}>
          <p>Changed since you wrote this{by === null ? '' : ` by ${by}`}. Saving yours would undo that.</p>
          <div className={styles.choices}>
            <Button size="small" onClick={() => setComparing(true)}>
              Look at both
            </Button>
            <Button size="small" onClick={keepMine}>
              Keep mine
            </Button>
            <Button size="small" onClick={takeTheirs}>
              Take theirs
            </Button>
          </div>
        </div>
      </Notice>
      {comparing ? <CompareDialog overtaken={overtaken} by={by} onClose={() => setComparing(false)} /> : null}
    </>
  );
}
