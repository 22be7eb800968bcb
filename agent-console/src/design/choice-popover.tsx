'use client';

import { cloneElement, useEffect, useRef, useState } from 'react';
import type { Choice, ChoicePopoverContent } from './choice-popover-content';

const load = () => import('./choice-popover-content');

type Props<Value> = {
  title: string;
  choices: readonly Choice<Value>[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onChoose: (value: Value) => void;
  /** The button it opens from. */
  children: React.ReactElement<React.ComponentProps<'button'>>;
  /** In pixels. */
  width?: number;
};

/**
 * A few choices under a button, each with its number as a key. What opens is fetched when somebody is about to open
 * it; a number pressed before it is there counts all the same.
 */
export function ChoicePopover<Value extends string>(props: Props<Value>): React.ReactNode {
  const { open } = props;
  // Kept as it comes, without suspending: the button must not go away while the page waits.
  const [Content, setContent] = useState<typeof ChoicePopoverContent | null>(null);
  const waiting = open && Content === null;
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (!waiting) return undefined;
    load().then(
      (module) => {
        // Closed meanwhile: swapping the button now would take the focus from it.
        if (latest.current.open) setContent(() => module.ChoicePopoverContent);
      },
      () => latest.current.onOpenChange(false),
    );
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      const { choices, onChoose, onOpenChange } = latest.current;
      const numbered = choices[Number(event.key) - 1];
      if (numbered !== undefined) onChoose(numbered.value);
      if (numbered !== undefined || event.key === 'Escape') onOpenChange(false);
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [waiting]);
  if (Content !== null) return <Content {...props} />;
  return cloneElement(props.children, {
    'aria-haspopup': 'dialog',
    'aria-expanded': open,
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
    onClick: () => props.onOpenChange(true),
  });
}
