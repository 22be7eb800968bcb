'use client';

import { useMemo, useRef, useState } from 'react';
import { Button } from '../../design/button';
import { MeaningMark } from '../../design/meaning';
import { OvertakenNotice } from '../../form/overtaken-notice';
import { useSession } from '../../session/session-provider';
import { diagramModel } from '../diagram/diagram-model';
import { DiagramView } from '../diagram/diagram-view';
import { TryJourney } from '../try-journey';
import styles from './journey-editor.module.css';
import { PublishDialog } from './publish-dialog';
import { TextArea, type TextAreaHandle } from './text-area';
import { useCheck } from './use-check';
import { useDraft } from './use-draft';

type Props = {
  /** Names the draft in the browser. */
  journeyId: string;
  text: string;
  /** What stands there where nothing was typed yet. */
  beginning?: string;
  basedOn: number;
  /** Who published the version it is based on; null for a new journey. */
  publishedBy?: string | null;
  mayPublish: boolean;
  onPublished: (journeyId: string) => void;
};

/** The journey as text, looked through while it is typed, with its diagram beside it. */
export function JourneyEditor(props: Props): React.ReactNode {
  const { journeyId, text, basedOn, mayPublish, onPublished } = props;
  const { session } = useSession();
  const agentId = session.state === 'signed-in' ? session.agent.agentId : '';
  const draft = useDraft(journeyId, { from: text, basedOn, beginning: props.beginning ?? text, agentId });
  const check = useCheck(draft.text);
  const [publishing, setPublishing] = useState(false);
  const [trying, setTrying] = useState(false);
  const area = useRef<TextAreaHandle>(null);
  const problems = check.found?.problems ?? [];
  const marked = useMemo(
    () => new Set(check.found?.problems.flatMap(({ line }) => (line === null ? [] : [line])) ?? []),
    [check.found],
  );
  const diagram = check.found?.diagram ?? null;
  const model = useMemo(() => (diagram === null ? null : diagramModel(diagram, 'Entry')), [diagram]);
  const fine = check.found !== null && problems.length === 0 && !check.pending;
  return (
    <>
      <OvertakenNotice overtaken={draft.overtaken} by={props.publishedBy ?? null} />
      <div className={styles.editor}>
        <div className={styles.left}>
          <TextArea
            ref={area}
            label="Definition in YAML"
            text={draft.text}
            onChange={draft.setText}
            marked={marked}
            readOnly={!mayPublish}
          />
        </div>
        <div className={styles.right}>
          {model === null ? (
            <p className={styles.none}>The diagram is drawn as soon as the text holds together.</p>
          ) : (
            <DiagramView model={model} selected={null} onSelect={null} label="Diagram of the text" />
          )}
        </div>
        <div className={styles.foot}>
          <div role="status" className={styles.found}>
            {check.problem !== null ? (
              <p className={styles.line}>
                <MeaningMark meaning="act" />
                Not looked through: {check.problem}
              </p>
            ) : fine ? (
              <p className={styles.line}>
                <MeaningMark meaning="good" />
                {draft.changed ? 'This can be published.' : 'This is what is in force.'}
              </p>
            ) : null}
            {problems.length === 0 ? null : (
              <ul className={styles.problems}>
                {problems.map(({ message, line }) => (
                  <li key={message} className={styles.line}>
                    <MeaningMark meaning="act" />
                    {line === null ? null : (
                      <button
                        type="button"
                        className={styles.jump}
                        onClick={() => area.current?.goToLine(line)}
                      >
                        Line {line}
                      </button>
                    )}
                    <span>{message}</span>
                  </li>
                ))}
              </ul>
            )}
          </div>
          <div className={styles.buttons}>
            {draft.changed && basedOn > 0 ? (
              <Button look="quiet" onClick={draft.discard}>
                Discard changes
              </Button>
            ) : null}
            <Button disabled={!fine} aria-expanded={trying} onClick={() => setTrying(!trying)}>
              Try this text
            </Button>
            {mayPublish ? (
              <Button look="primary" disabled={!fine || !draft.changed} onClick={() => setPublishing(true)}>
                Publish…
              </Button>
            ) : null}
          </div>
        </div>
        {trying ? (
          <div className={styles.trial}>
            <TryJourney definition={draft.text} />
          </div>
        ) : null}
        {publishing ? (
          <PublishDialog
            text={draft.text}
            basedOn={draft.basedOn}
            onClose={() => setPublishing(false)}
            onPublished={(published) => {
              draft.discard();
              setPublishing(false);
              onPublished(published);
            }}
          />
        ) : null}
      </div>
    </>
  );
}
