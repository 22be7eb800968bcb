'use client';

import { ConditionField } from '../condition/condition-field';
import { AreaField, CheckField, ListField, NumberField, SelectField, TextField } from '../form/fields';
import styles from '../form/form.module.css';
import { useField } from '../form/form-context';
import { ListEditor } from '../form/list-editor';
import type { Path } from '../form/path';
import { YamlField } from '../form/yaml-field';
import { TreatmentPreview } from './treatment-preview';

const CLASSES = [
  { value: 'promotional', label: 'Promotional: obeys every rule of contact' },
  { value: 'transactional', label: 'Transactional: skips frequency limits' },
  { value: 'mandatory', label: 'Mandatory: stopped by legal suppression alone' },
] as const;

const VALUES = [
  { value: 'fixed', label: 'A fixed amount' },
  { value: 'model', label: 'A share of the value model' },
  { value: 'formula', label: 'A formula (in YAML)' },
] as const;

const CHANNELS = ['agent', 'web', 'email', 'sms', 'push', 'whatsapp', 'app'].map((value) => ({
  value,
  label: value,
}));

const FRESH_CONDITION = { name: '', when: { field: 'features.orders_total', op: 'gte', value: 1 } };
const FRESH_TREATMENT = { treatmentId: '', channel: 'email', title: '', subject: '', body: '' };

/** The fields of an action, in the order in which people decide about them. */
export function ActionForm(): React.ReactNode {
  return (
    <>
      <section className={styles.section} aria-labelledby="what">
        <h2 id="what">What it is</h2>
        <TextField
          path={['name']}
          label="Name"
          hint="A verb phrase, as an agent reads it: “Offer free express on the delayed order”."
        />
        <AreaField path={['description']} label="Description" rows={2} optional />
        <div className={styles.row}>
          <TextField path={['issue']} label="Issue" />
          <TextField path={['group']} label="Group" />
          <SelectField path={['class']} label="Class" options={CLASSES} />
        </div>
        <div className={styles.row}>
          <TextField
            path={['actionId']}
            label="Id"
            optional
            hint="Made of the name where it is left empty."
          />
          <ListField path={['tags']} label="Tags" optional hint="Divided by commas." />
        </div>
        <CheckField path={['fallback']} label="Only where nothing else is left" />
      </section>
      <section className={styles.section} aria-labelledby="worth">
        <h2 id="worth">What it is worth</h2>
        <Worth />
        <ListEditor
          path={['levers']}
          title="Levers"
          hint="A business weight in percent: +20 raises its priority, -50 lowers it."
          add="Add a lever"
          fresh={{ name: '', percent: 10 }}
        >
          {(path) => (
            <div className={styles.row}>
              <TextField path={[...path, 'name']} label="Why" />
              <NumberField path={[...path, 'percent']} label="Percent" />
            </div>
          )}
        </ListEditor>
      </section>
      <section className={styles.section} aria-labelledby="when">
        <h2 id="when">When, and how much of it</h2>
        <div className={styles.row}>
          <TextField path={['startsAt']} label="From" optional hint="2026-11-01T00:00:00Z; empty = now" />
          <TextField
            path={['endsAt']}
            label="Until"
            optional
            hint="Over at this very instant; empty = for good"
          />
        </div>
        <div className={styles.row}>
          <NumberField
            path={['limits', 'budget']}
            label="Budget in all"
            hint="Money: costs and contact costs."
          />
          <NumberField path={['limits', 'totalContacts']} label="Contacts in all" />
          <NumberField path={['limits', 'totalAcceptances']} label="Acceptances in all" />
        </div>
        <div className={styles.row}>
          <NumberField path={['limits', 'contactsPerCustomer']} label="Contacts per customer" />
          <NumberField path={['limits', 'acceptancesPerCustomer']} label="Acceptances per customer" />
          <NumberField
            path={['minimumUplift']}
            label="Least measured uplift"
            hint="0.02 = two in a hundred more"
          />
        </div>
      </section>
      <section className={styles.section} aria-labelledby="whom">
        <h2 id="whom">For whom</h2>
        <Conditions path={['eligibility']} title="Eligibility" hint="May they?" />
        <Conditions path={['applicability']} title="Applicability" hint="Does it fit now?" />
        <Conditions path={['suitability']} title="Suitability" hint="Is it good for them?" />
      </section>
      <section className={styles.section} aria-labelledby="words">
        <h2 id="words">In which words</h2>
        <ListEditor
          path={['treatments']}
          title="Treatments"
          add="Add a treatment"
          fresh={FRESH_TREATMENT}
          summary={treatmentWords}
        >
          {(path) => <Treatment path={path} />}
        </ListEditor>
      </section>
    </>
  );
}

function Worth(): React.ReactNode {
  const type = useField(['value', 'type']);
  const value = useField(['value']);
  return (
    <>
      <div className={styles.row}>
        <div className={styles.field}>
          <label className={styles.label} htmlFor="value-type">
            An acceptance is worth
          </label>
          <select
            id="value-type"
            className={styles.input}
            value={typeof type.value === 'string' ? type.value : ''}
            disabled={value.readOnly}
            onChange={({ target }) => value.set(freshValue(target.value))}
          >
            {VALUES.map(({ value: each, label }) => (
              <option key={each} value={each}>
                {label}
              </option>
            ))}
          </select>
        </div>
        {type.value === 'fixed' ? <NumberField path={['value', 'amount']} label="Amount" /> : null}
        {type.value === 'model' ? (
          <>
            <NumberField path={['value', 'share']} label="Share" usual={1} hint="0.5 = half" />
            <NumberField path={['value', 'fallback']} label="Where there is no score" />
          </>
        ) : null}
        <NumberField path={['cost']} label="Cost when accepted" usual={0} />
        <NumberField
          path={['startingPropensity']}
          label="Likelihood at first"
          hint="Until a model knows it, 0 to 1."
        />
      </div>
      {type.value === 'formula' ? (
        <YamlField
          path={['value', 'formula']}
          label="Formula"
          flow
          hint="{ field: scores.value }, { times: … }"
        />
      ) : null}
    </>
  );
}

function freshValue(type: string): unknown {
  if (type === 'model') return { type, share: 0.5, fallback: 0 };
  if (type === 'formula') return { type, formula: { field: 'scores.value' }, fallback: 0 };
  return { type: 'fixed', amount: 0 };
}

function Conditions({ path, title, hint }: { path: Path; title: string; hint: string }): React.ReactNode {
  return (
    <ListEditor path={path} title={title} hint={hint} add="Add a condition" fresh={FRESH_CONDITION}>
      {(each) => (
        <>
          <TextField path={[...each, 'name']} label="Name, shown to agents as a reason" />
          <ConditionField path={[...each, 'when']} label="Condition" />
        </>
      )}
    </ListEditor>
  );
}

function treatmentWords({ channel, title }: Readonly<Record<string, unknown>>): string {
  return [channel, title].filter((each) => typeof each === 'string' && each !== '').join(': ');
}

function Treatment({ path }: { path: Path }): React.ReactNode {
  const channel = useField([...path, 'channel']).value;
  return (
    <>
      <div className={styles.row}>
        <SelectField path={[...path, 'channel']} label="Channel" options={CHANNELS} />
        <TextField path={[...path, 'treatmentId']} label="Id" />
        <TextField path={[...path, 'language']} label="Language" optional hint="Empty fits every language." />
        <NumberField path={[...path, 'contactCost']} label="Cost of a contact" usual={0} />
      </div>
      <TextField path={[...path, 'title']} label="Title" />
      {channel === 'agent' ? (
        <AreaField path={[...path, 'talkTrack']} label="What the agent says" rows={3} optional />
      ) : (
        <TextField path={[...path, 'subject']} label="Subject" optional />
      )}
      <AreaField
        path={[...path, 'body']}
        label="Text"
        rows={5}
        hint={'A Liquid template: {{ customer.firstName | default: "there" }}'}
      />
      <TreatmentPreview path={path} />
    </>
  );
}
