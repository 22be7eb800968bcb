'use client';

import { Check, Copy, CornerDownLeft, Quote, RotateCcw } from 'lucide-react';
import { useId, useRef } from 'react';
import { Button } from '../design/button';
import { useCopy } from '../design/use-copy';
import { useReplyTarget } from '../embed/reply-target';
import type { DecideAnswer, RankedAction } from '../engine/engine-types';
import { useCommand } from '../keyboard/use-commands';
import styles from './action-card.module.css';
import { SendByEmail } from './send-by-email';
import { useDraft } from './use-draft';

type Props = { action: RankedAction; decision: DecideAnswer };

/** What to say: how, for the agent; and the words, to edit and copy. */
export function Reply({ action, decision }: Props): React.ReactNode {
  const { treatment } = action;
  const draft = useDraft(
    `${decision.customerId} ${action.actionId} ${treatment.treatmentId}`,
    treatment.body,
  );
  const { copied, copy } = useCopy();
  const insert = useReplyTarget();
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useCommand('reply', () => field.current?.focus());
  return (
    <div className={styles.reply}>
      {treatment.talkTrack === null ? null : (
        <p className={styles.talk}>
          <Quote size={13} strokeWidth={1.8} aria-label="How to say it:" />
          {treatment.talkTrack}
        </p>
      )}
      <div className={styles.box}>
        <label htmlFor={id} className="sr-only">
          What to say
        </label>
        <textarea
          ref={field}
          id={id}
          rows={3}
          className={styles.text}
          value={draft.text}
          onChange={(event) => draft.setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
        <div className={styles.tools}>
          {insert === null ? null : (
            <Button look="quiet" size="small" onClick={() => insert(draft.text)}>
              <CornerDownLeft size={13} />
              Put into the reply
            </Button>
          )}
          <Button look="quiet" size="small" onClick={() => copy(draft.text)}>
            {copied ? <Check size={13} /> : <Copy size={13} />}
            <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
          </Button>
          {draft.edited ? (
            <Button look="quiet" size="small" onClick={draft.reset}>
              <RotateCcw size={13} />
              Undo edits
            </Button>
          ) : null}
          <span className={styles.toolSpace} />
          <SendByEmail decisionId={decision.decisionId} actionId={action.actionId} />
        </div>
      </div>
    </div>
  );
}
