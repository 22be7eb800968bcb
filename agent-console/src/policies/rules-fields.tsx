'use client';

import { ConditionField } from '../condition/condition-field';
import { NumberField, SelectField, TextField } from '../form/fields';
import styles from '../form/form.module.css';
import { ListEditor } from '../form/list-editor';
import { SelectionFields } from './selection-fields';

const STAGES = [
  { value: 'eligibility', label: 'May they? (eligibility)' },
  { value: 'applicability', label: 'Does it fit now? (applicability)' },
  { value: 'suitability', label: 'Is it good for them? (suitability)' },
] as const;
const FRESH_CONDITION = { all: [] };

/** Conditions that hold for many actions at once, and what the session tells of what somebody wants. */
export function RulesFields(): React.ReactNode {
  return (
    <section className={styles.section} aria-labelledby="rules">
      <h2 id="rules">Rules over many actions</h2>
      <ListEditor
        path={['engagement']}
        title="Rules"
        hint="An action they are about is offered only while the condition holds."
        summary={({ stage }) => String(stage)}
        add="Add a rule"
        fresh={{ name: '', stage: 'suitability', when: FRESH_CONDITION, appliesTo: {} }}
      >
        {(path) => (
          <>
            <div className={styles.row}>
              <TextField path={[...path, 'name']} label="Name, shown to agents as a reason" />
              <SelectField path={[...path, 'stage']} label="Asks" options={STAGES} />
            </div>
            <ConditionField path={[...path, 'when']} label="Condition" />
            <SelectionFields path={[...path, 'appliesTo']} />
          </>
        )}
      </ListEditor>
      <ListEditor
        path={['contextWeights']}
        title="Context weights"
        hint="C of the ranking: what weighs more, or less, while a condition holds."
        summary={({ percent }) => `${String(percent)} %`}
        add="Add a weight"
        fresh={{ name: '', percent: 10, when: FRESH_CONDITION, appliesTo: {} }}
      >
        {(path) => (
          <>
            <div className={styles.row}>
              <TextField path={[...path, 'name']} label="Why" />
              <NumberField path={[...path, 'percent']} label="Percent" />
            </div>
            <ConditionField path={[...path, 'when']} label="Condition" />
            <SelectionFields path={[...path, 'appliesTo']} />
          </>
        )}
      </ListEditor>
      <ListEditor
        path={['intents']}
        title="Intents"
        hint="What the customer seems to want; conditions ask for it as context.intents."
        add="Add an intent"
        fresh={{ intent: '', when: FRESH_CONDITION }}
      >
        {(path) => (
          <>
            <TextField path={[...path, 'intent']} label="Intent" hint="return-something" />
            <ConditionField path={[...path, 'when']} label="Told by" />
          </>
        )}
      </ListEditor>
    </section>
  );
}
