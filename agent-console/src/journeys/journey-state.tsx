'use client';

import { useState } from 'react';
import { Button } from '../design/button';
import { ChoicePopover } from '../design/choice-popover';
import { MeaningMark } from '../design/meaning';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import type { JourneySummaryView } from '../engine/engine-types';
import styles from './journey-state.module.css';
import { stateMeaning, stateWords } from './journey-words';
import { useJourneyChange } from './use-journeys';

type State = JourneySummaryView['state'];

const CHOICES = [
  { value: 'on', label: 'On: customers enter, runs go on' },
  { value: 'paused', label: 'Paused: nobody enters, runs go on' },
  { value: 'stopped', label: 'Stopped: runs stand still too' },
] as const satisfies readonly { value: State; label: string }[];

/** Whether customers enter and runs go on, to see and to change. */
export function JourneyState({ journeyId, state }: { journeyId: string; state: State }): React.ReactNode {
  const { client } = useEngine();
  const [open, setOpen] = useState(false);
  const change = useJourneyChange((wanted: State) =>
    client.journey.setState.mutate({ journeyId, state: wanted }),
  );
  return (
    <span className={styles.state}>
      <ChoicePopover
        title="This journey is"
        choices={CHOICES}
        open={open}
        onOpenChange={setOpen}
        onChoose={(wanted) => {
          if (wanted !== state) change.mutate(wanted);
        }}
        width={300}
      >
        <Button size="small" disabled={change.isPending}>
          <MeaningMark meaning={stateMeaning(state)} />
          {stateWords(state)}
        </Button>
      </ChoicePopover>
      {change.isError ? (
        <span role="alert" className={styles.problem}>
          {failureText(engineFailure(change.error))}
        </span>
      ) : null}
    </span>
  );
}
