'use client';

import { useId } from 'react';
import { Button } from '../design/button';
import { Field } from '../design/field';
import { Segmented } from '../design/segmented';
import { Select } from '../design/select';
import type { InboxFilter } from '../engine/engine-types';
import { BANDS, channelName, KINDS, LOOKED, lookedWords } from './inbox-filter';
import { bandWords, kindWords } from './inbox-words';
import { QueuePanel } from './queue-panel';
import styles from './queue-panel.module.css';
import { SaveView } from './save-view';
import type { Choices } from './use-choices';
import type { Views } from './use-views';

type Props = {
  filter: InboxFilter;
  onChange: (filter: InboxFilter) => void;
  onClose: () => void;
  choices: Choices;
  views: Views;
  /** The filter is a saved view, or none. */
  saved: boolean;
};

const ANYBODY = 'anybody';
const LOOKED_OPTIONS = [
  { value: ANYBODY, label: 'Anybody’s' },
  ...LOOKED.map((value) => ({ value, label: lookedWords(value) })),
] as const;

/** What the queue shows, filled in; each change shows at once. */
export function FilterPanel({ filter, onChange, onClose, choices, views, saved }: Props): React.ReactNode {
  /** The filter with one part of it changed; undefined takes the part away. */
  const change = <Name extends keyof InboxFilter>(name: Name, value: InboxFilter[Name] | undefined): void => {
    const { [name]: _, ...rest } = filter;
    onChange(value === undefined ? rest : { ...rest, [name]: value });
  };
  return (
    <QueuePanel label="Filter" onClose={onClose}>
      <Segmented
        label="Who looks after them"
        value={filter.assigned ?? ANYBODY}
        options={LOOKED_OPTIONS}
        onChange={(value) => change('assigned', value === ANYBODY ? undefined : value)}
      />
      <Several
        legend="Why they are here"
        options={KINDS}
        words={kindWords}
        chosen={filter.kinds ?? []}
        onChange={(kinds) => change('kinds', kinds.length === 0 ? undefined : kinds)}
      />
      <Several
        legend="Will they stay"
        options={BANDS}
        words={bandWords}
        chosen={filter.bands ?? []}
        onChange={(bands) => change('bands', bands.length === 0 ? undefined : bands)}
      />
      <div className={styles.pair}>
        <Select
          label="Segment"
          value={filter.segment ?? ''}
          options={[
            { value: '', label: 'Any' },
            ...choices.segments.map(({ segmentId, name }) => ({ value: segmentId, label: name })),
          ]}
          onChange={(segment) => change('segment', segment === '' ? undefined : segment)}
        />
        <Select
          label="Wrote to us by"
          value={filter.channel ?? ''}
          options={[
            { value: '', label: 'Anything' },
            ...choices.channels.map((channel) => ({ value: channel, label: channelName(channel) })),
          ]}
          onChange={(channel) => change('channel', channel === '' ? undefined : channel)}
        />
      </div>
      <Field
        label="Acting now is worth at least"
        type="number"
        inputMode="decimal"
        min={0}
        step="any"
        value={filter.worth ?? ''}
        onChange={({ target }) => {
          const worth = target.valueAsNumber;
          change('worth', worth > 0 ? worth : undefined);
        }}
      />
      <div className={styles.foot}>
        {saved ? null : <SaveView filter={filter} views={views} onSaved={onClose} />}
        <div className={styles.buttons}>
          <Button size="small" look="quiet" onClick={() => onChange({})}>
            Clear
          </Button>
          <Button size="small" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    </QueuePanel>
  );
}

type SeveralProps<Value> = {
  legend: string;
  options: readonly Value[];
  words: (value: Value) => string;
  chosen: readonly Value[];
  onChange: (chosen: Value[]) => void;
};

/** Any of a few; none chosen means all. */
function Several<Value extends string>(props: SeveralProps<Value>): React.ReactNode {
  const { legend, options, words, chosen, onChange } = props;
  const id = useId();
  return (
    <fieldset className={styles.several}>
      <legend className={styles.legend}>{legend}</legend>
      {options.map((option) => (
        <label key={option} htmlFor={`${id} ${option}`} className={styles.option}>
          <input
            id={`${id} ${option}`}
            type="checkbox"
            checked={chosen.includes(option)}
            onChange={({ target }) =>
              onChange(options.filter((each) => (each === option ? target.checked : chosen.includes(each))))
            }
          />
          <span>{words(option)}</span>
        </label>
      ))}
    </fieldset>
  );
}
