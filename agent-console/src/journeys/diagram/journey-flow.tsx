'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { arrange, withMoved } from './arrange';
import { type DiagramModel, ENTRY } from './diagram-model';
import styles from './journey-flow.module.css';
import type { Point } from './lay-out';
import { StepNode, sizeOf } from './step-node';
import { useHand } from './use-hand';
import { MARGIN, useZoom } from './use-zoom';
import { WayLabel, WayLine } from './way-line';
import { ZoomButtons } from './zoom-buttons';

type Props = {
  model: DiagramModel;
  selected: string | null;
  /** Null where a step has nothing more to show. */
  onSelect: ((stepId: string | null) => void) | null;
  /** For ears. */
  label: string;
};

/** The journey as boxes and arrows: drag, zoom, and pick a step with pointer or keyboard. */
export function JourneyFlow({ model, selected, onSelect, label }: Props): React.ReactNode {
  const scroller = useRef<HTMLElement>(null);
  const boxes = useMemo(() => model.boxes.map((box) => ({ id: box.id, ...sizeOf(box) })), [model]);
  const laid = useMemo(() => arrange(boxes, model.arrows), [boxes, model]);
  // Where somebody dragged a box to; it keeps its place while counts change.
  const [moved, setMoved] = useState<ReadonlyMap<string, Point>>(new Map());
  const drawing = withMoved({ boxes, arrows: model.arrows, laid, moved });
  // Fitted to what was laid out: following a dragged box with the zoom would move it away under the pointer.
  const whole = useMemo(
    () => withMoved({ boxes, arrows: model.arrows, laid, moved: new Map() }),
    [boxes, model, laid],
  );
  const view = useZoom(scroller, whole);
  const { zoom } = view;
  const move = (id: string, by: Point): void => {
    setMoved((before) => {
      const { x, y } = before.get(id) ?? laid.boxes.get(id) ?? { x: 0, y: 0 };
      return new Map(before).set(id, { x: Math.max(0, x + by.x), y: Math.max(0, y + by.y) });
    });
  };
  useHand(scroller, {
    onDragBox: (id, by) => move(id, { x: by.x / zoom, y: by.y / zoom }),
    onGround: () => onSelect?.(null),
  });
  useEffect(() => {
    if (selected !== null) reveal(scroller.current, selected);
  }, [selected]);

  return (
    <div className={styles.flow}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a drawing larger than its frame is scrolled by keyboard */}
      <section ref={scroller} aria-label={label} tabIndex={0} className={styles.scroller}>
        <div
          className={styles.sheet}
          style={{ width: drawing.width * zoom + 2 * MARGIN, height: drawing.height * zoom + 2 * MARGIN }}
        >
          <div className={styles.drawing} style={{ inset: MARGIN, transform: `scale(${zoom})` }}>
            {/* The steps say in words what the arrows say: see the panel beside. */}
            <div aria-hidden="true">
              <svg width={drawing.width} height={drawing.height} className={styles.ways} aria-hidden="true">
                {model.arrows.map((arrow) => (
                  <WayLine key={arrow.id} arrow={arrow} points={drawing.arrows.get(arrow.id)?.points ?? []} />
                ))}
              </svg>
              {model.arrows.map((arrow) => {
                const line = drawing.arrows.get(arrow.id);
                return line === undefined ? null : <WayLabel key={arrow.id} arrow={arrow} at={line.label} />;
              })}
            </div>
            {model.boxes.map((box) => (
              <StepNode
                key={box.id}
                box={box}
                at={drawing.boxes.get(box.id) ?? { x: 0, y: 0 }}
                selected={box.id === selected}
                onPress={onSelect === null || box.id === ENTRY ? null : () => onSelect(box.id)}
                onNudge={(by) => move(box.id, by)}
              />
            ))}
          </div>
        </div>
      </section>
      <ZoomButtons {...view} />
    </div>
  );
}

/** Scrolls the frame, and nothing around it, until the box is in it. */
function reveal(scroller: HTMLElement | null, stepId: string): void {
  const box = scroller?.querySelector(`[data-step="${CSS.escape(stepId)}"]`);
  if (scroller === null || box === null || box === undefined) return;
  const frame = scroller.getBoundingClientRect();
  const { left, right, top, bottom } = box.getBoundingClientRect();
  const beyond = (near: number, far: number): number =>
    Math.min(0, near - MARGIN) + Math.max(0, far + MARGIN);
  scroller.scrollBy(
    beyond(left - frame.left, right - frame.left - scroller.clientWidth),
    beyond(top - frame.top, bottom - frame.top - scroller.clientHeight),
  );
}
