import styles from './design-page.module.css';
import { DesignSection } from './design-section';

const GROUPS = [
  { name: 'Grounds', tokens: ['canvas', 'surface', 'sunken', 'raised', 'hover', 'pressed', 'selected'] },
  { name: 'Ink and lines', tokens: ['ink', 'ink-2', 'ink-3', 'line', 'line-2', 'track'] },
  { name: 'Accent', tokens: ['accent', 'accent-hover', 'accent-text', 'accent-soft', 'focus'] },
  {
    name: 'Meanings',
    tokens: [
      'good',
      'good-text',
      'good-soft',
      'watch',
      'watch-text',
      'watch-soft',
      'act',
      'act-text',
      'act-soft',
    ],
  },
] as const;

/** Every colour of the console by the name it is used under. */
export function Swatches(): React.ReactNode {
  return (
    <DesignSection title="Colour">
      {GROUPS.map((group) => (
        <div key={group.name}>
          <h3 className={styles.groupName}>{group.name}</h3>
          <ul className={styles.swatches}>
            {group.tokens.map((token) => (
              <li key={token} className={styles.swatch}>
                <span className={styles.colour} style={{ background: `var(--${token})` }} />
                {token}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </DesignSection>
  );
}
