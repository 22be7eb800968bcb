'use client';

import { MeaningTag } from '../design/meaning';
import type { AuditEntryView } from '../engine/engine-types';
import { Moment } from '../time/moment';
import styles from './audit-entry.module.css';
import { auditWords, changedFields } from './audit-words';

type Props = { entry: AuditEntryView; onWho: (who: { id: string; name: string }) => void };

/** One change as a sentence; what it changed is behind it. */
export function AuditEntry({ entry, onWho }: Props): React.ReactNode {
  const { who, what, target, outcome, problem, at } = entry;
  const fields = changedFields(entry.before, entry.after);
  return (
    <div className={styles.entry}>
      <p className={styles.line}>
        <button type="button" className={styles.who} onClick={() => onWho(who)}>
          {who.name}
        </button>{' '}
        {auditWords(what)} {target === null ? null : <strong>{target.name}</strong>}
        {outcome === 'done' ? null : (
          <span className={styles.tag}>
            <MeaningTag meaning={outcome === 'failed' ? 'watch' : 'act'}>
              {outcome === 'failed' ? 'Not done' : 'Cut off'}
            </MeaningTag>
          </span>
        )}
      </p>
      <Moment at={at} className={styles.at} />
      {problem === null ? null : <p className={styles.detail}>{problem}</p>}
      {fields.length === 0 ? null : (
        <dl className={styles.fields}>
          {fields.slice(0, 12).map(({ name, from, to }) => (
            <div key={name} className={styles.field}>
              <dt>{name}</dt>
              <dd>
                {from === '' ? null : (
                  <>
                    <del>{from}</del> <span aria-hidden="true">→</span>{' '}
                  </>
                )}
                {to === '' ? <span className={styles.none}>nothing</span> : to}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
