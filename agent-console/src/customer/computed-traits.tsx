import type { CustomerView } from '../engine/engine-types';
import { numberWords } from '../number/number-words';
import { absoluteTime } from '../time/relative-time';
import styles from './computed-traits.module.css';
import section from './section.module.css';

type Trait = CustomerView['computedTraits'][number];

/** A time is the only value that reads as one. */
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** What is worked out from the customer's events, as the policies define it; nothing where they define none. */
export function ComputedTraits({ traits }: { traits: readonly Trait[] }): React.ReactNode {
  if (traits.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="computed">
      <h2 id="computed" className={section.heading}>
        Worked out from events
      </h2>
      <dl className={styles.traits}>
        {traits.map((trait) => (
          <div
            key={trait.traitId}
            className={styles.trait}
            title={`computed.${trait.traitId}, since ${absoluteTime(Date.parse(trait.at))}`}
          >
            <dt className={styles.name}>{trait.name}</dt>
            <dd className={styles.value}>{valueWords(trait.value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function valueWords(value: Trait['value']): string {
  if (typeof value === 'number') return numberWords(value, { most: 2 });
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return TIME.test(value) ? absoluteTime(Date.parse(value)) : value;
}
