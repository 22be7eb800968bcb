import { Maximize, Minus, Plus } from 'lucide-react';
import styles from './journey-flow.module.css';
import type { Zoom } from './use-zoom';
import { ZOOM } from './zoom';

/** Nearer, farther, and as it was. */
export function ZoomButtons({ zoom, zoomBy, fit }: Zoom): React.ReactNode {
  const buttons = [
    { label: 'Zoom in', Icon: Plus, off: zoom >= ZOOM.most, press: () => zoomBy(ZOOM.step) },
    { label: 'Zoom out', Icon: Minus, off: zoom <= ZOOM.least, press: () => zoomBy(1 / ZOOM.step) },
    { label: 'Fit the frame', Icon: Maximize, off: false, press: fit },
  ];
  return (
    <div className={styles.controls}>
      {buttons.map(({ label, Icon, off, press }) => (
        // Not `disabled`: the focus would fall out of a button that stops at its limit.
        <button
          key={label}
          type="button"
          aria-label={label}
          title={label}
          aria-disabled={off}
          onClick={press}
        >
          <Icon size={14} strokeWidth={1.8} />
        </button>
      ))}
    </div>
  );
}
