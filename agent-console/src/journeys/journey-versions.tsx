import { Button } from '../design/button';
import type { JourneyDetailView } from '../engine/engine-types';
import { numberWords } from '../number/number-words';
import { Moment } from '../time/moment';
import styles from './journey-versions.module.css';

type Props = { journey: JourneyDetailView; onShow: (version: number) => void };

/** Every version there was, who published it and why, and who is still on it. */
export function JourneyVersions({ journey, onShow }: Props): React.ReactNode {
  return (
    <ul className={styles.versions}>
      {journey.versions.map(({ version, author, createdAt, note, active }) => (
        <li key={version} className={styles.version}>
          <span className={styles.number}>
            {version}
            {version === journey.version ? ', in force' : ''}
          </span>
          <span className={styles.what}>
            <span>{note === '' ? 'No note' : note}</span>
            <span className={styles.about}>
              {author}, <Moment at={createdAt} suffix=" ago" />
              {active === 0 ? '' : `; ${numberWords(active)} under way on it`}
            </span>
          </span>
          <Button
            size="small"
            disabled={version === journey.shown}
            aria-label={`Look at version ${version}`}
            onClick={() => onShow(version)}
          >
            {version === journey.shown ? 'Shown' : 'Look at it'}
          </Button>
        </li>
      ))}
    </ul>
  );
}
