'use client';

import { useId } from 'react';
import { Segmented } from '../design/segmented';
import type { MeasureReport } from '../engine/engine-types';
import styles from './dashboards.module.css';
import type { DashboardFilter } from './use-filter';
import { COMPARISONS, type Filter, LENGTHS } from './windows';

type Choices = MeasureReport['choices'];
type Props = {
  value: DashboardFilter;
  onChange: (change: Partial<DashboardFilter>) => void;
  /** Known with the first report. */
  choices: Choices | undefined;
  /** What is done with the report. */
  children: React.ReactNode;
};

const FILTERS: readonly { by: keyof Filter; label: string; all: string }[] = [
  { by: 'segment', label: 'Segment', all: 'All customers' },
  { by: 'journey', label: 'Journey', all: 'Any or none' },
  { by: 'action', label: 'Action', all: 'Any or none' },
  { by: 'channel', label: 'Channel', all: 'Any or none' },
];

function optionsOf(choices: Choices | undefined, by: keyof Filter): readonly { id: string; name: string }[] {
  switch (by) {
    case 'segment':
      return choices?.segments ?? [];
    case 'journey':
      return choices?.journeys ?? [];
    case 'action':
      return choices?.actions ?? [];
    case 'channel':
      return (choices?.channels ?? []).map((id) => ({ id, name: id }));
  }
}

/** Which time, against what, and whose events. */
export function FilterBar({ value, onChange, choices, children }: Props): React.ReactNode {
  const { length, comparison, dates, zone, filter } = value;
  const shown = filter.action !== undefined || filter.channel !== undefined;
  const narrow = (by: keyof Filter, chosen: string): void => {
    const { [by]: _, ...rest } = filter;
    onChange({ filter: chosen === '' ? rest : { ...rest, [by]: chosen } });
  };
  return (
    <div className={styles.controls}>
      <div className={styles.tools}>
        <Segmented
          label="How long"
          value={length}
          options={LENGTHS}
          onChange={(chosen) => onChange({ length: chosen })}
        />
        {length === 'dates' ? (
          <>
            <DateField
              label="From"
              value={dates.first}
              max={dates.last}
              onChange={(first) => onChange({ dates: { ...dates, first } })}
            />
            <DateField
              label="to, included"
              value={dates.last}
              onChange={(last) => onChange({ dates: { ...dates, last } })}
            />
          </>
        ) : null}
        <Choice
          label="Days in"
          value={zone}
          options={[
            { id: 'company', name: choices === undefined ? 'The company’s time' : choices.companyTimeZone },
            { id: 'browser', name: 'This browser’s time' },
            { id: 'UTC', name: 'UTC' },
          ]}
          onChange={(chosen) =>
            onChange({ zone: chosen === 'browser' || chosen === 'UTC' ? chosen : 'company' })
          }
        />
        <Choice
          label="Compared with"
          value={comparison}
          options={COMPARISONS.map(({ value: id, label: name }) => ({ id, name }))}
          disabled={(id) => id === 'holdOut' && shown}
          onChange={(chosen) =>
            onChange({ comparison: COMPARISONS.find((each) => each.value === chosen)?.value ?? 'none' })
          }
        />
        <span className={styles.space} />
        {children}
      </div>
      <div className={styles.tools}>
        {FILTERS.map(({ by, label, all }) => (
          <Choice
            key={by}
            label={label}
            value={filter[by] ?? ''}
            options={[{ id: '', name: all }, ...optionsOf(choices, by)]}
            disabled={() => comparison === 'holdOut' && (by === 'action' || by === 'channel')}
            onChange={(chosen) => narrow(by, chosen)}
          />
        ))}
      </div>
    </div>
  );
}

type ChoiceProps = {
  label: string;
  value: string;
  options: readonly { id: string; name: string }[];
  disabled?: (id: string) => boolean;
  onChange: (id: string) => void;
};

function Choice({ label, value, options, disabled, onChange }: ChoiceProps): React.ReactNode {
  const id = useId();
  return (
    <label htmlFor={id}>
      {label}
      <select
        id={id}
        className={styles.select}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      >
        {options.map((option) => (
          <option
            key={option.id}
            value={option.id}
            disabled={option.id !== '' && option.id !== value && (disabled?.(option.id) ?? false)}
          >
            {option.name}
          </option>
        ))}
      </select>
    </label>
  );
}

type DateProps = { label: string; value: string; max?: string; onChange: (value: string) => void };

function DateField({ label, value, max, onChange }: DateProps): React.ReactNode {
  const id = useId();
  return (
    <label htmlFor={id}>
      {label}
      <input
        id={id}
        type="date"
        className={styles.select}
        value={value}
        {...(max === undefined || max === '' ? {} : { max })}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}
