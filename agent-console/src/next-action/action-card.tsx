'use client';

import { Check, Clock, X } from 'lucide-react';
import { useState } from 'react';
import { plainName } from '../decision/rule-words';
import { Button } from '../design/button';
import { ChoicePopover } from '../design/choice-popover';
import { Kbd } from '../design/kbd';
import type { DecideAnswer, RankedAction } from '../engine/engine-types';
import { useCommand } from '../keyboard/use-commands';
import styles from './action-card.module.css';
import { type Answer, NO_REASONS } from './answers';
import { laterChoices } from './later-choices';
import { Likelihood } from './likelihood';
import { Reasons } from './reasons';
import { Reply } from './reply';

type Props = {
  action: RankedAction;
  decision: DecideAnswer;
  currency: string | null;
  /** The largest worth among the suggestions, which the bar of worth is measured by. */
  best: number;
  onAnswer: (answer: Answer) => void;
};

/** One suggestion in full: what, why, how likely and what it is worth, what to say, and the answer to it. */
export function ActionCard({ action, decision, currency, best, onAnswer }: Props): React.ReactNode {
  const [asking, setAsking] = useState<'no' | 'later' | null>(null);
  const [laterFrom, setLaterFrom] = useState(0);
  const openLater = (open: boolean): void => {
    setLaterFrom(Date.now());
    setAsking(open ? 'later' : null);
  };
  useCommand('yes', () => onAnswer({ outcome: 'accepted' }));
  useCommand('no', () => setAsking('no'));
  useCommand('later', () => openLater(true));

  return (
    <article className={styles.card} aria-labelledby="suggestion">
      <p className={styles.issue}>
        {plainName(action.issue)} <span aria-hidden="true">/</span> {plainName(action.group)}
      </p>
      <h3 id="suggestion" className={styles.name}>
        {action.name}
      </h3>
      <Reasons reasons={action.reasons} />
      <Likelihood action={action} currency={currency} best={best} />
      <Reply key={action.actionId} action={action} decision={decision} />
      <div className={styles.answers}>
        <Button look="primary" aria-keyshortcuts="y" onClick={() => onAnswer({ outcome: 'accepted' })}>
          <Check size={15} strokeWidth={2.2} />
          Yes
          <Kbd tone="on-accent">Y</Kbd>
        </Button>
        <ChoicePopover
          title="Why not?"
          choices={NO_REASONS}
          open={asking === 'no'}
          onOpenChange={(open) => setAsking(open ? 'no' : null)}
          onChoose={(note) => onAnswer({ outcome: 'rejected', note })}
        >
          <Button aria-keyshortcuts="n">
            <X size={15} strokeWidth={2} />
            No
            <Kbd>N</Kbd>
          </Button>
        </ChoicePopover>
        <ChoicePopover
          title="When again?"
          choices={laterChoices(laterFrom)}
          open={asking === 'later'}
          onOpenChange={openLater}
          onChoose={(until) => onAnswer({ outcome: 'postponed', until })}
        >
          <Button aria-keyshortcuts="l">
            <Clock size={14} strokeWidth={2} />
            Later
            <Kbd>L</Kbd>
          </Button>
        </ChoicePopover>
      </div>
    </article>
  );
}
