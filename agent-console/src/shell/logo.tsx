type Props = { size?: number };

/** The mark of Segue: a turn into what comes next. */
export function Logo({ size = 28 }: Props): React.ReactNode {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <g fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round">
        <path d="M8 20.5c4.5 0 4.5-9 9-9h6.5" />
        <path d="m19.9 7.9 3.6 3.6-3.6 3.6" />
      </g>
      <circle cx="8.6" cy="11.5" r="1.7" fill="#fff" />
    </svg>
  );
}
