'use client';

import { useState } from 'react';
import { MeaningMark } from '../design/meaning';
import type { MeasureReport } from '../engine/engine-types';
import { numberWords } from '../number/number-words';
import styles from './dashboards.module.css';
import {
  changeMeaning,
  changeWords,
  figure,
  isTooFew,
  type MeasureEntry,
  measureWords,
  tooFewWords,
} from './measure-words';
import { RowsDialog } from './rows-dialog';
import type { Asked } from './windows';

/** What no window says anything of. */
const AS_OF_NOW: readonly string[] = ['revenuePerCustomer', 'spentLastYear', 'expectedNextYear'];

type Props = {
  entry: MeasureEntry;
  asked: Asked;
  currency: string | null;
  baseline: MeasureReport['baseline'];
};

/** One figure: its value, how sure it is, of how many, how it moved, and the rows behind it. */
export function MeasureTile({ entry, asked, currency, baseline }: Props): React.ReactNode {
  const [open, setOpen] = useState(false);
  const { measure, change, compared } = entry;
  const { name, hint, send } = measureWords(measure.key);
  const say = (value: number): string => figure(value, measure.unit, currency);
  const meaning = changeMeaning(entry);
  const few = isTooFew(measure);
  const fewThen = compared !== null && isTooFew(compared);
  return (
    <>
      <h2 className={styles.tileName}>{name}</h2>
      <p className={styles.quiet}>{hint}</p>
      {measure.value === null ? (
        <p className={styles.quiet}>
          No data yet. Send <code>{send}</code>.
        </p>
      ) : (
        <>
          {few ? (
            <p className={styles.quiet}>
              {tooFewWords(measure.n)} ({measure.of}).
            </p>
          ) : (
            <>
              <p className={styles.value}>{say(measure.value)}</p>
              <p className={styles.quiet}>
                {measure.low === null || measure.high === null
                  ? 'too few for an interval'
                  : `${say(measure.low)} to ${say(measure.high)}`}
                , {numberWords(measure.n)} {measure.of}
              </p>
            </>
          )}
          {few || baseline === null || AS_OF_NOW.includes(measure.key) ? null : (
            <p className={styles.change}>
              {change === null || change.value === null || fewThen ? (
                <span className={styles.quiet}>
                  {fewThen ? `Too few to compare with: ${compared.n}.` : 'Nothing to compare with.'}
                </span>
              ) : (
                <>
                  <MeaningMark
                    meaning={meaning ?? 'neutral'}
                    label={meaning === null ? 'May be chance' : meaning === 'good' ? 'Better' : 'Worse'}
                  />
                  <span>
                    {changeWords(change.value, measure.unit, currency)}
                    {change.low === null || change.high === null
                      ? ''
                      : ` (${changeWords(change.low, measure.unit, currency)} to ${changeWords(change.high, measure.unit, currency)})`}
                  </span>
                  <span className={styles.quiet}>
                    {meaning === null ? 'may be chance; ' : ''}
                    {compared === null || compared.value === null
                      ? ''
                      : `${say(compared.value)} ${baseline === 'holdOut' ? 'held out' : 'then'}, n ${numberWords(compared.n)}`}
                  </span>
                </>
              )}
            </p>
          )}
          <button type="button" className={styles.rows} onClick={() => setOpen(true)}>
            Rows behind it<span className="sr-only">: {name}</span>
          </button>
        </>
      )}
      {open ? (
        <RowsDialog measure={measure.key} name={name} asked={asked} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}
