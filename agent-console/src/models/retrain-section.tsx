'use client';

import { Copy } from 'lucide-react';
import { IconButton } from '../design/button';
import { useCopy } from '../design/use-copy';
import type { ModelName, ModelVersionDetail } from '../engine/engine-types';
import page from '../shell/page.module.css';
import styles from './models.module.css';

type Props = { model: ModelName; card: string | null; made: ModelVersionDetail['made'] };

/** How to train it again, and how the version in force was made. */
export function RetrainSection({ model, card, made }: Props): React.ReactNode {
  return (
    <section className={page.section} aria-labelledby="retrain">
      <h2 id="retrain" className={page.sectionTitle}>
        Train it again
      </h2>
      <p className={styles.text}>
        On the machine the engine runs on. A new version is put in force only where it is not worse.
      </p>
      <Command text={`npm run retrain -- --model ${model} --if-drifted`} />
      <Command text={`npm run train -- --model ${model} --no-promote --json`} />
      {made === null ? null : (
        <p className={`${styles.quiet} ${styles.gap}`}>
          Made with seed {made.seed} on {made.backend}, {made.features} features, calibration{' '}
          {made.calibration}; artifact {made.artifactHash.slice(0, 12)}.
        </p>
      )}
      {card === null ? null : (
        <details className={styles.gap}>
          <summary>Model card</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keyboard */}
          <section className={styles.card} aria-label="Model card" tabIndex={0}>
            {card}
          </section>
        </details>
      )}
    </section>
  );
}

function Command({ text }: { text: string }): React.ReactNode {
  const { copied, copy } = useCopy();
  return (
    <div className={styles.command}>
      <code>{text}</code>
      <IconButton label={copied ? 'Copied' : 'Copy the command'} size="small" onClick={() => copy(text)}>
        <Copy size={14} />
      </IconButton>
    </div>
  );
}
