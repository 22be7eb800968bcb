'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '../design/button';
import { MeaningTag } from '../design/meaning';
import rows from '../design/rows.module.css';
import type { ProfileView } from '../engine/engine-types';
import page from '../shell/page.module.css';
import { SwitchOffDialog } from './switch-off-dialog';

// The code for phones is drawn by a library nobody else needs.
const EnrolDialog = dynamic(() => import('./enrol-dialog').then((module) => module.EnrolDialog), {
  ssr: false,
});

type Props = { state: ProfileView['secondFactor']; onChanged: () => Promise<unknown> };

/** A code of an app on the phone, asked for besides the password. */
export function SecondFactor({ state, onChanged }: Props): React.ReactNode {
  const [open, setOpen] = useState<'on' | 'off' | null>(null);
  return (
    <section className={page.section} aria-labelledby="factor">
      <h2 id="factor" className={page.sectionTitle}>
        Second factor
      </h2>
      <p className={rows.name}>
        <MeaningTag meaning={state.on ? 'good' : 'watch'}>{state.on ? 'On' : 'Off'}</MeaningTag>
        {state.on
          ? `${state.recoveryCodesLeft} recovery codes left`
          : 'Who knows your password comes in. A code of your phone stops them.'}
      </p>
      <p style={{ marginTop: 12 }}>
        {state.on ? (
          <Button onClick={() => setOpen('off')}>Switch off</Button>
        ) : (
          <Button onClick={() => setOpen('on')}>Set up</Button>
        )}
      </p>
      {open === 'on' ? <EnrolDialog onClose={() => setOpen(null)} onChanged={onChanged} /> : null}
      {open === 'off' ? <SwitchOffDialog onClose={() => setOpen(null)} onChanged={onChanged} /> : null}
    </section>
  );
}
