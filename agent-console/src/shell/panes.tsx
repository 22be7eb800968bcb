'use client';

import { usePathname } from 'next/navigation';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';

/** The pane that shows where only one fits. */
export type Pane = 'customer' | 'action';

type Panes = {
  pane: Pane;
  showPane: (pane: Pane) => void;
  /** The queue, where it is a drawer. */
  queueOpen: boolean;
  setQueueOpen: (open: boolean) => void;
};

const PanesContext = createContext<Panes | null>(null);

/** Knows which pane of the work view shows on narrow screens. */
export function PanesProvider({ children }: { children: React.ReactNode }): React.ReactNode {
  const path = usePathname();
  const [pane, showPane] = useState<Pane>('customer');
  const [queueOpen, setQueueOpen] = useState(false);
  // Going somewhere closes what lay over it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what it reacts to
  useEffect(() => {
    setQueueOpen(false);
    showPane('customer');
  }, [path]);
  const value = useMemo(() => ({ pane, showPane, queueOpen, setQueueOpen }), [pane, queueOpen]);
  return <PanesContext value={value}>{children}</PanesContext>;
}

/** The panes of the work view; throws outside `PanesProvider`. */
export function usePanes(): Panes {
  const panes = useContext(PanesContext);
  if (panes === null) throw new Error('usePanes needs a PanesProvider above it');
  return panes;
}
