import styles from './avatar.module.css';

type Props = { name: string; size?: 20 | 28 | 40 };

/** The initials of a name, on one of six quiet grounds that stays with the name. */
export function Avatar({ name, size = 28 }: Props): React.ReactNode {
  return (
    <span
      aria-hidden="true"
      className={styles.avatar}
      data-tone={toneOf(name)}
      style={{ width: size, height: size, fontSize: size === 40 ? 14 : size === 28 ? 11 : 9 }}
    >
      {initialsOf(name)}
    </span>
  );
}

/** `Amara Okafor` → `AO`, `amara@example.com` → `A`. */
function initialsOf(name: string): string {
  const words =
    name
      .split('@')[0]
      ?.split(/[\s._-]+/u)
      .filter(Boolean) ?? [];
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return `${first}${last}`.toUpperCase();
}

function toneOf(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return sum % 6;
}
