'use client';

import { useMemo, useState } from 'react';
import type { JourneyDetailView } from '../engine/engine-types';
import { diagramModel } from './diagram/diagram-model';
import { DiagramView } from './diagram/diagram-view';
import { StepPanel } from './diagram/step-panel';
import styles from './journey-map.module.css';
import { entryWords } from './journey-words';

/** Where the customers of a version are and which ways they took, with the chosen step beside it. */
export function JourneyMap({ journey }: { journey: JourneyDetailView }): React.ReactNode {
  const [selected, setSelected] = useState<string | null>(null);
  const { diagram, definition } = journey;
  const model = useMemo(() => diagramModel(diagram, entryWords(definition)), [diagram, definition]);
  return (
    <div className={styles.map}>
      <DiagramView
        model={model}
        selected={selected}
        onSelect={setSelected}
        label={`Diagram of ${journey.name}`}
      />
      <StepPanel journey={journey} selected={selected} onSelect={setSelected} />
    </div>
  );
}
