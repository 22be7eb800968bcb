'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '../../design/skeleton';
import type { DiagramModel } from './diagram-model';
import styles from './diagram-view.module.css';

// Drawing takes more script than the rest of the page: fetched when there is something to draw.
const load = () => import('./journey-flow');
const Flow = dynamic(() => load().then(({ JourneyFlow }) => JourneyFlow), {
  ssr: false,
  loading: () => <Skeleton height={360} radius={8} />,
});

type Props = {
  model: DiagramModel;
  selected: string | null;
  /** Null where a step has nothing more to show. */
  onSelect: ((stepId: string | null) => void) | null;
  label: string;
};

/** The diagram, in a frame that has its size before it is there. */
export function DiagramView(props: Props): React.ReactNode {
  return (
    <div className={styles.frame}>
      <Flow {...props} />
    </div>
  );
}
