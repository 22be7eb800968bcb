'use client';

import { useImperativeHandle, useRef } from 'react';
import { classNames } from '../../design/class-names';
import styles from './text-area.module.css';

export type TextAreaHandle = { goToLine: (line: number) => void };

type Props = {
  ref: React.Ref<TextAreaHandle>;
  label: string;
  text: string;
  onChange: (text: string) => void;
  /** Lines with something wrong, from 1. */
  marked: ReadonlySet<number>;
  readOnly: boolean;
};

const LINE_HEIGHT = 20;

/** A text with numbered lines. Tab leads on to the next control, as everywhere. */
export function TextArea({ ref, label, text, onChange, marked, readOnly }: Props): React.ReactNode {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const lines = text.split('\n');
  useImperativeHandle(ref, () => ({
    goToLine: (line) => {
      const element = area.current;
      if (element === null) return;
      const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
      element.focus();
      element.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
      element.scrollTop = Math.max(0, (line - 4) * LINE_HEIGHT);
    },
  }));
  return (
    <div className={styles.frame}>
      <div ref={gutter} aria-hidden="true" className={styles.gutter}>
        {lines.map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          <span key={index} className={classNames(styles.line, marked.has(index + 1) && styles.marked)}>
            {index + 1}
          </span>
        ))}
      </div>
      <textarea
        ref={area}
        aria-label={label}
        value={text}
        readOnly={readOnly}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        className={styles.area}
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => {
          if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}
