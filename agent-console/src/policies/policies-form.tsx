'use client';

import type { Content } from '../catalogue/use-catalogue';
import { CheckField, ListField, NumberField, SelectField, TextField } from '../form/fields';
import styles from '../form/form.module.css';
import { ListEditor } from '../form/list-editor';
import { YamlField } from '../form/yaml-field';
import { ExplorationFields } from './exploration-fields';
import { RulesFields } from './rules-fields';
import { SelectionFields } from './selection-fields';

const PER = ['customer', 'channel', 'class', 'issue', 'group', 'action', 'treatment'].map((value) => ({
  value,
  label: `per ${value}`,
}));
const OTHERWISE = [
  { value: 'drop', label: 'is dropped' },
  { value: 'hold', label: 'waits' },
] as const;

/** The parts of the policies that people change often; the others are in the YAML. */
export function PoliciesForm({ content }: { content: Content }): React.ReactNode {
  const experiments = content.policies['experiments'];
  return (
    <>
      <section className={styles.section} aria-labelledby="contact">
        <h2 id="contact">Contact</h2>
        <ListEditor
          path={['contact', 'limits']}
          title="Caps"
          hint="At most so many contacts in any window; the window rolls."
          summary={({ max, window, per }) =>
            `at most ${String(max)} in ${String(window)} per ${String(per ?? 'customer')}`
          }
          add="Add a cap"
          fresh={{ name: '', max: 3, window: '7d', appliesTo: { classes: ['promotional'] } }}
        >
          {(path) => (
            <>
              <TextField path={[...path, 'name']} label="Name" />
              <div className={styles.row}>
                <NumberField path={[...path, 'max']} label="At most" />
                <TextField path={[...path, 'window']} label="In any" hint="30m, 12h, 7d, 2w" />
                <SelectField path={[...path, 'per']} label="Counted" options={PER} usual="customer" />
                <SelectField
                  path={[...path, 'otherwise']}
                  label="What is over it"
                  options={OTHERWISE}
                  usual="drop"
                />
              </div>
              <SelectionFields path={[...path, 'appliesTo']} />
            </>
          )}
        </ListEditor>
        <ListEditor
          path={['contact', 'cooldowns']}
          title="Cooldowns"
          hint="Rest after an outcome, from the one that completed the number."
          summary={({ times, outcomes, suppressFor }) =>
            `after ${String(times ?? 1)} ${Array.isArray(outcomes) ? outcomes.join(' or ') : String(outcomes)}, for ${String(suppressFor)}`
          }
          add="Add a cooldown"
          fresh={{ name: '', outcomes: ['rejected'], within: '30d', suppressFor: '30d', per: 'action' }}
        >
          {(path) => (
            <>
              <TextField path={[...path, 'name']} label="Name" />
              <div className={styles.row}>
                <NumberField path={[...path, 'times']} label="After so many" usual={1} />
                <ListField
                  path={[...path, 'outcomes']}
                  label="Outcomes"
                  hint="shown, clicked, accepted, rejected, postponed, converted, ignored"
                />
                <TextField path={[...path, 'within']} label="Within" />
                <TextField path={[...path, 'suppressFor']} label="It rests for" />
                <SelectField path={[...path, 'per']} label="What rests" options={PER} usual="action" />
                <SelectField
                  path={[...path, 'otherwise']}
                  label="What is stopped"
                  options={OTHERWISE}
                  usual="drop"
                />
              </div>
              <SelectionFields path={[...path, 'appliesTo']} />
            </>
          )}
        </ListEditor>
        <ListEditor
          path={['contact', 'quietHours']}
          title="Quiet hours"
          hint="By the clock on the customer’s wall."
          summary={({ from, to }) => `${String(from)} to ${String(to)}`}
          add="Add quiet hours"
          fresh={{ name: '', from: '21:00', to: '08:00', appliesTo: { channels: ['sms', 'push'] } }}
        >
          {(path) => (
            <>
              <TextField path={[...path, 'name']} label="Name" />
              <div className={styles.row}>
                <TextField path={[...path, 'from']} label="From" />
                <TextField path={[...path, 'to']} label="To" />
                <ListField
                  path={[...path, 'days']}
                  label="Days"
                  optional
                  hint="mon, tue …; empty = every day"
                />
                <SelectField
                  path={[...path, 'otherwise']}
                  label="What is stopped"
                  options={OTHERWISE}
                  usual="hold"
                />
              </div>
              <SelectionFields path={[...path, 'appliesTo']} />
            </>
          )}
        </ListEditor>
        <ListEditor
          path={['contact', 'allowedDays']}
          title="Days of contact"
          hint="Only on these days."
          summary={({ days }) => String(days)}
          add="Add days"
          fresh={{ name: '', days: ['mon', 'tue', 'wed', 'thu', 'fri'], appliesTo: { channels: ['sms'] } }}
        >
          {(path) => (
            <>
              <div className={styles.row}>
                <TextField path={[...path, 'name']} label="Name" />
                <ListField path={[...path, 'days']} label="Days" />
                <SelectField
                  path={[...path, 'otherwise']}
                  label="On other days it"
                  options={OTHERWISE}
                  usual="hold"
                />
              </div>
              <SelectionFields path={[...path, 'appliesTo']} />
            </>
          )}
        </ListEditor>
        <YamlField
          path={['contact', 'consent']}
          label="Consent by channel"
          flow
          rows={2}
          hint="optIn = must have agreed, optOut = must not have said no, none = not asked. Where nothing is written: agent, web and app optOut, all others optIn."
        />
      </section>
      <RulesFields />
      <section className={styles.section} aria-labelledby="ranking">
        <h2 id="ranking">Ranking: P x C x V x L</h2>
        <div className={styles.row}>
          <CheckField usual path={['ranking', 'factors', 'propensity']} label="P: likelihood of a yes" />
          <CheckField usual path={['ranking', 'factors', 'context']} label="C: context" />
          <CheckField usual path={['ranking', 'factors', 'value']} label="V: value" />
          <CheckField usual path={['ranking', 'factors', 'levers']} label="L: levers" />
        </div>
        <div className={styles.row}>
          <NumberField
            path={['ranking', 'minimumPropensity']}
            label="Least likelihood"
            hint="0 to 1; promotional"
          />
          <NumberField path={['ranking', 'minimumPriority']} label="Least priority" usual={0} />
          <NumberField path={['diversity', 'maxPerGroup']} label="At most of a group" />
          <NumberField path={['diversity', 'maxPerIssue']} label="At most of an issue" />
        </div>
        <ListEditor
          path={['levers']}
          title="Levers"
          hint="A business weight over many actions at once."
          summary={({ percent }) => `${String(percent)} %`}
          add="Add a lever"
          fresh={{ name: '', percent: 10, appliesTo: {} }}
        >
          {(path) => (
            <>
              <div className={styles.row}>
                <TextField path={[...path, 'name']} label="Why" />
                <NumberField path={[...path, 'percent']} label="Percent" />
              </div>
              <SelectionFields path={[...path, 'appliesTo']} />
            </>
          )}
        </ListEditor>
      </section>
      <section className={styles.section} aria-labelledby="company">
        <h2 id="company">The company</h2>
        <p className={styles.hint}>What figures are worked out with. Nothing here changes a decision.</p>
        <div className={styles.row}>
          <TextField
            path={['company', 'timeZone']}
            label="Time zone"
            hint="In which days of figures begin: Europe/London. UTC where nothing is written."
          />
          <NumberField
            path={['company', 'costPerConversation']}
            label="Cost of a conversation"
            hint="In the shop’s currency. Without it there is no cost to serve."
          />
          <NumberField
            path={['company', 'costPerConversationHour']}
            label="and of each hour of it"
            hint="From its first message to its last, waiting included."
            usual={0}
          />
          <ListField
            path={['company', 'serviceIssues']}
            label="Service issues"
            optional
            hint="Issues whose actions answer a need by themselves; service-recovery where nothing is written."
          />
        </div>
      </section>
      <section className={styles.section} aria-labelledby="exploration">
        <h2 id="exploration">Exploration and hold-out</h2>
        <ExplorationFields />
        <div className={styles.row}>
          <NumberField
            path={['globalHoldOut', 'share']}
            label="Share of customers held out"
            hint="0.05 = one in twenty gets no promotional action, so that what all of them bring can be measured."
          />
        </div>
        <p className={styles.hint}>
          {Array.isArray(experiments) ? experiments.length : 0} experiments, computed traits and the outcomes
          stand in the YAML.
        </p>
      </section>
    </>
  );
}
