import type { SimulationAnswer } from '../engine/engine-types';
import { numberWords } from '../number/number-words';
import styles from './catalogue.module.css';

type Result = NonNullable<SimulationAnswer['result']>;
type Change = Result['comparison']['actions'][number];

const SHOWN = 12;

/** What a draft would change, beside what is in force. */
export function SimulationResult({
  result,
  nameOf,
}: {
  result: Result;
  nameOf: (actionId: string) => string;
}): React.ReactNode {
  const { comparison, unreadable } = result;
  const { customers, reached, expectedValue } = comparison;
  const unchanged =
    reached.change === 0 && comparison.actions.length === 0 && comparison.droppedBy.length === 0;
  return (
    <>
      <dl className={styles.effect}>
        <div>
          <dt>Asked</dt>
          <dd>
            {numberWords(customers)} <span>customers</span>
          </dd>
        </div>
        <Headline name="Reached" change={reached} digits={0} />
        <Headline name="Expected value, in the shop’s currency" change={expectedValue} digits={2} />
      </dl>
      {unreadable === 0 ? null : (
        <p className={styles.quiet}>{unreadable} left out: their stored state is of another version.</p>
      )}
      {unchanged ? <p>The draft would decide the same for everybody.</p> : null}
      <div className={styles.two}>
        <Changes caption="Chosen, by action" changes={comparison.actions} nameOf={nameOf} />
        <Changes caption="Stopped candidates, by the rule that stopped them" changes={comparison.droppedBy} />
        <Changes caption="Chosen, by channel" changes={comparison.channels} />
        <Changes caption="Chosen, by group" changes={comparison.groups} />
        <Changes caption="Reached, by segment" changes={comparison.segments} />
      </div>
    </>
  );
}

function Headline({
  name,
  change,
  digits,
}: {
  name: string;
  change: Change;
  digits: number;
}): React.ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {amount(change.draft, digits)}{' '}
        <span>
          {change.change === 0
            ? 'as now'
            : `${signed(change.change, digits)} against ${amount(change.inForce, digits)} now`}
        </span>
      </dd>
    </div>
  );
}

type ChangesProps = { caption: string; changes: readonly Change[]; nameOf?: (id: string) => string };

function Changes({ caption, changes, nameOf = (id) => id }: ChangesProps): React.ReactNode {
  if (changes.length === 0) return null;
  return (
    <table className={styles.delta}>
      <caption>
        {caption}
        {changes.length > SHOWN ? `, the ${SHOWN} largest of ${changes.length} changes` : ''}
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">Name</span>
          </th>
          <th scope="col">In force</th>
          <th scope="col">Draft</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {changes.slice(0, SHOWN).map((change) => (
          <tr key={change.name}>
            <th scope="row">{nameOf(change.name)}</th>
            <td>{amount(change.inForce, 0)}</td>
            <td>{amount(change.draft, 0)}</td>
            <td>{signed(change.change, 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function amount(value: number, digits: number): string {
  return numberWords(value, { least: digits, most: digits });
}

function signed(value: number, digits: number): string {
  return `${value > 0 ? '+' : ''}${amount(value, digits)}`;
}
