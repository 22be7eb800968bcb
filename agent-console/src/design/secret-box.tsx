'use client';

import { Copy } from 'lucide-react';
import { Button } from './button';
import styles from './secret-box.module.css';
import { useCopy } from './use-copy';

type Props = { label: string; text: string };

/** Something that is shown this once, to be copied. */
export function SecretBox({ label, text }: Props): React.ReactNode {
  const { copied, copy } = useCopy();
  return (
    <div className={styles.box}>
      <code role="note" aria-label={label} className={styles.text}>
        {text}
      </code>
      <Button size="small" onClick={() => copy(text)}>
        <Copy size={14} />
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}
