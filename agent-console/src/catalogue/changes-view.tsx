import type { CatalogueChanges } from '../engine/engine-types';
import styles from './catalogue.module.css';

type FieldChange = CatalogueChanges['policies'][number];

/** What one catalogue changes in another, field by field. */
export function ChangesView({ changes }: { changes: CatalogueChanges }): React.ReactNode {
  const { actions, policies, segments } = changes;
  const nothing =
    actions.added.length +
      actions.removed.length +
      actions.changed.length +
      policies.length +
      segments.length ===
    0;
  if (nothing) return <p className={styles.quiet}>Nothing: it is what is in force.</p>;
  const parts = [
    ...actions.changed.map(({ actionId, changes: fields }) => ({ name: actionId, fields })),
    ...(policies.length === 0 ? [] : [{ name: 'Policies', fields: policies }]),
    ...(segments.length === 0 ? [] : [{ name: 'Segments', fields: segments }]),
  ];
  return (
    <div className={styles.stack} style={{ marginTop: 0 }}>
      <Names words="New actions" ids={actions.added} />
      <Names words="Removed actions" ids={actions.removed} />
      {parts.map(({ name, fields }) => (
        <table key={name} className={styles.changes}>
          <caption className="sr-only">Changes of {name}</caption>
          <thead>
            <tr>
              <th scope="col">{name}</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((change) => (
              <tr key={change.path}>
                <th scope="row">{change.path}</th>
                <td>
                  <Value value={change.before} side="before" />
                </td>
                <td>
                  <Value value={change.after} side="after" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

function Names({ words, ids }: { words: string; ids: readonly string[] }): React.ReactNode {
  if (ids.length === 0) return null;
  return (
    <p>
      {words}: {ids.join(', ')}
    </p>
  );
}

function Value({ value, side }: { value: FieldChange['before']; side: 'before' | 'after' }): React.ReactNode {
  if (value === undefined || value === null) return <span className={styles.quiet}>nothing</span>;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return side === 'before' ? <del>{text}</del> : <ins>{text}</ins>;
}
