'use client';

import { useState } from 'react';
import { IntervalRows } from '../charts/interval-rows';
import { Button } from '../design/button';
import { Failure } from '../design/failure';
import { Modal } from '../design/modal';
import { Notice } from '../design/notice';
import { Skeleton } from '../design/skeleton';
import { engineFailure, failureText } from '../engine/engine-failure';
import type { ModelName, ModelVersion } from '../engine/engine-types';
import { modelWords } from './model-words';
import styles from './models.module.css';
import { useChangeModel, useModels, useModelVersion } from './use-models';

type Props = { model: ModelName; version: string; onClose: () => void };

/** Asks before a version is put in force, and shows what the gate says of it. */
export function PromoteDialog({ model, version, onClose }: Props): React.ReactNode {
  const [force, setForce] = useState(false);
  const detail = useModelVersion(model, version);
  const view = useModels().data?.items.find((each) => each.model === model);
  const champion = view?.versions.find((each) => each.version === view.inForce);
  const change = useChangeModel(model);
  const verdict = detail.data?.verdict ?? null;
  const refused = verdict !== null && !verdict.promote;
  const promote = (): void =>
    change.mutate({ kind: 'promote', version, force: refused && force }, { onSuccess: onClose });
  return (
    <Modal
      open
      onClose={onClose}
      width={560}
      title={`Put ${version} in force?`}
      description={`It scores every customer for “${modelWords(model).question}” within a second. You can roll back at any time.`}
    >
      {detail.data === undefined ? (
        detail.isError ? (
          <Failure error={detail.error} what="This version" onRetry={() => void detail.refetch()} />
        ) : (
          <Skeleton height={96} radius={6} />
        )
      ) : (
        <>
          <div className={styles.verdict}>
            <Notice meaning={verdict === null ? 'neutral' : refused ? 'act' : 'good'}>
              {verdict === null
                ? 'The gate has nothing to say.'
                : `The gate ${refused ? 'refuses it' : 'lets it in'}: ${verdict.reason}.`}
            </Notice>
          </div>
          <Compared challenger={detail.data} champion={champion} />
          {refused ? (
            <label className={styles.check}>
              <input type="checkbox" checked={force} onChange={(event) => setForce(event.target.checked)} />
              <span>Put it in force although the gate refuses it</span>
            </label>
          ) : null}
        </>
      )}
      {change.isError ? (
        <Notice meaning="act" announce>
          {failureText(engineFailure(change.error))}
        </Notice>
      ) : null}
      <div className={styles.actions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={detail.data === undefined || change.isPending || (refused && !force)}
          onClick={promote}
        >
          Put in force
        </Button>
      </div>
    </Modal>
  );
}

const COMPARED = [
  { key: 'logLoss', name: 'Log loss, lower is better' },
  { key: 'ece', name: 'Calibration error, lower is better' },
] as const;

function Compared({
  challenger,
  champion,
}: {
  challenger: ModelVersion;
  champion: ModelVersion | undefined;
}): React.ReactNode {
  return COMPARED.map(({ key, name }) => {
    const ours = challenger.figures?.metrics[key];
    const theirs = champion?.figures?.metrics[key];
    if (ours === undefined) return null;
    return (
      <div key={key} style={{ marginBottom: 12 }}>
        <p className={styles.quiet}>{name}</p>
        <IntervalRows
          label={name}
          format={(value) => value.toFixed(3)}
          rows={[
            { name: challenger.version, main: true, ...ours },
            ...(theirs === undefined || champion === undefined
              ? []
              : [{ name: `${champion.version}, in force`, ...theirs }]),
          ]}
        />
      </div>
    );
  });
}
