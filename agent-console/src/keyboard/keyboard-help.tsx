'use client';

import { Switch } from 'radix-ui';
import { useId } from 'react';
import { Kbd } from '../design/kbd';
import { Modal } from '../design/modal';
import { KEY_GROUPS, KEY_MAP } from './key-map';
import styles from './keyboard-help.module.css';
import { useKeyboard } from './use-commands';

type Props = { open: boolean; onClose: () => void };

/** Every key and what it does; and a switch, because single keys get in the way of some people's tools. */
export function KeyboardHelp({ open, onClose }: Props): React.ReactNode {
  const { enabled, setEnabled } = useKeyboard();
  const id = useId();
  return (
    <Modal open={open} onClose={onClose} title="Keyboard" width={480}>
      <div className={styles.groups}>
        {KEY_GROUPS.map((group) => (
          <section key={group}>
            <h3 className={styles.heading}>{group}</h3>
            <dl className={styles.keys}>
              {KEY_MAP.filter((entry) => entry.group === group).map((entry) => (
                <div key={entry.key} className={styles.row}>
                  <dt>{entry.label}</dt>
                  <dd>
                    <Kbd>{entry.key.length === 1 ? entry.key.toUpperCase() : '↵'}</Kbd>
                    <span className="sr-only">{entry.key}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className={styles.switchRow}>
        <label htmlFor={id}>Single-key shortcuts</label>
        <Switch.Root id={id} checked={enabled} onCheckedChange={setEnabled} className={styles.switch}>
          <Switch.Thumb className={styles.thumb} />
        </Switch.Root>
      </div>
    </Modal>
  );
}
