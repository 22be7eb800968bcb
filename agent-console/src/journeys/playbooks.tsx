'use client';

import { ChevronRight } from 'lucide-react';
import { Button } from '../design/button';
import { MeaningTag } from '../design/meaning';
import { Notice } from '../design/notice';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import type { PlaybookView } from '../engine/engine-types';
import page from '../shell/page.module.css';
import styles from './playbooks.module.css';
import { useJourneyChange, usePlaybooks } from './use-journeys';

/** The journeys that come with Segue, each to be installed with one button. */
export function Playbooks({ mayInstall }: { mayInstall: boolean }): React.ReactNode {
  const { client } = useEngine();
  const playbooks = usePlaybooks();
  const install = useJourneyChange((playbookId: string) =>
    client.journey.installPlaybook.mutate({ playbookId }),
  );
  if (playbooks.data === undefined) return null;
  return (
    <section className={page.section} aria-labelledby="playbooks">
      <h2 id="playbooks" className={page.sectionTitle}>
        Playbooks
      </h2>
      <p className={styles.lead}>
        Ready journeys. Installing one lets customers in from then on; the actions it lacks are added to the
        catalogue.
      </p>
      {install.isError ? (
        <Notice meaning="act" announce>
          {failureText(engineFailure(install.error))}
        </Notice>
      ) : null}
      <ul className={styles.list}>
        {playbooks.data.map((playbook) => (
          <li key={playbook.playbookId} className={styles.item}>
            <Playbook playbook={playbook} />
            {playbook.installed ? (
              <MeaningTag meaning="good">Installed</MeaningTag>
            ) : mayInstall ? (
              <Button
                size="small"
                disabled={install.isPending}
                aria-label={`Install ${playbook.name}`}
                onClick={() => install.mutate(playbook.playbookId)}
              >
                Install
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Playbook({ playbook }: { playbook: PlaybookView }): React.ReactNode {
  const { name, about, missingActions } = playbook;
  return (
    <details className={styles.details}>
      <summary className={styles.summary}>
        <ChevronRight size={14} className={styles.chevron} />
        {name}
      </summary>
      <p className={styles.about}>{about}</p>
      {missingActions.length === 0 ? null : (
        <p className={styles.about}>Adds to the catalogue: {missingActions.join(', ')}.</p>
      )}
    </details>
  );
}
