'use client';

import { ListField } from '../form/fields';
import styles from '../form/form.module.css';
import type { Path } from '../form/path';

/** Which actions a rule is about: by channel, class, group and name; empty lists leave nothing out. */
export function SelectionFields({ path }: { path: Path }): React.ReactNode {
  return (
    <div className={styles.row}>
      <ListField path={[...path, 'channels']} label="Channels" optional hint="Empty = all" />
      <ListField path={[...path, 'classes']} label="Classes" optional hint="Empty = all" />
      <ListField path={[...path, 'groups']} label="Groups" optional hint="Empty = all" />
      <ListField path={[...path, 'actions']} label="Actions" optional hint="Empty = all" />
    </div>
  );
}
