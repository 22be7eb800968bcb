import { classNames } from '../../design/class-names';
import { MeaningMark } from '../../design/meaning';
import { numberWords } from '../../number/number-words';
import type { StepBox } from './diagram-model';
import styles from './journey-flow.module.css';
import type { Point } from './lay-out';

const WIDTH = 212;
const HEIGHT = 58;
/** What a line more in a box takes. */
const LINE = 18;
/** How far Shift and an arrow key move a box, in pixels. */
const NUDGE = 10;
const NUDGES: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -NUDGE, y: 0 },
  ArrowRight: { x: NUDGE, y: 0 },
  ArrowUp: { x: 0, y: -NUDGE },
  ArrowDown: { x: 0, y: NUDGE },
};

/** What a box takes at full size, in pixels. */
export function sizeOf({ loss }: StepBox): { width: number; height: number } {
  return { width: WIDTH, height: HEIGHT + (loss === '' ? 0 : LINE) };
}

type Props = {
  box: StepBox;
  at: Point;
  selected: boolean;
  /** Null where there is nothing more to show of it. */
  onPress: (() => void) | null;
  /** Moved with Shift and an arrow key, by so much. */
  onNudge: (by: Point) => void;
};

/** A step as a box that can be pressed; the entry, and the steps of a draft, are boxes alone. */
export function StepNode({ box, at, selected, onPress, onNudge }: Props): React.ReactNode {
  const look = {
    'data-step': box.id,
    className: classNames(styles.step, selected && styles.selected, box.type === 'end' && styles.end),
    style: { ...sizeOf(box), left: at.x, top: at.y },
  };
  const words = (
    <>
      <span className={styles.type}>{box.typeWords}</span>
      <span className={styles.name}>{box.name}</span>
      {box.here === null || box.here === 0 ? null : (
        <span className={styles.here} title="Under way, here now">
          {numberWords(box.here)} here
        </span>
      )}
      {box.loss === '' ? null : (
        <span className={styles.loss}>
          <MeaningMark meaning={box.lossMeaning} />
          {box.loss}
        </span>
      )}
    </>
  );
  if (onPress === null) return <div {...look}>{words}</div>;
  return (
    <button
      type="button"
      aria-pressed={selected}
      aria-keyshortcuts="Shift+ArrowUp Shift+ArrowDown Shift+ArrowLeft Shift+ArrowRight"
      onClick={onPress}
      onKeyDown={(event) => {
        const by = event.shiftKey ? NUDGES[event.key] : undefined;
        if (by === undefined) return;
        event.preventDefault();
        onNudge(by);
      }}
      {...look}
    >
      {words}
    </button>
  );
}
