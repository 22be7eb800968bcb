import styles from './skeleton.module.css';

type Props = { width?: string; height?: number; radius?: number };

/** Holds the place of something that is being read; the same size, so that nothing jumps. */
export function Skeleton({ width = '100%', height = 12, radius = 4 }: Props): React.ReactNode {
  return (
    <span aria-hidden="true" className={styles.skeleton} style={{ width, height, borderRadius: radius }} />
  );
}
