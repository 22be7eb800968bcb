'use client';

import { Popover } from 'radix-ui';
import { useRef } from 'react';
import { choiceKeys } from './choice-keys';
import styles from './float.module.css';
import { Kbd } from './kbd';

export type Choice<Value> = { value: Value; label: string; aside?: string };

type Props<Value> = {
  title: string;
  choices: readonly Choice<Value>[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onChoose: (value: Value) => void;
  /** The button it opens from. */
  children: React.ReactNode;
  width?: number;
};

/** The choices themselves, on the button they open from. */
export function ChoicePopoverContent<Value extends string>(props: Props<Value>): React.ReactNode {
  const first = useRef<HTMLButtonElement>(null);
  const choose = (value: Value): void => {
    props.onOpenChange(false);
    props.onChoose(value);
  };
  const onKeyDown = choiceKeys({
    choices: props.choices,
    choose: ({ value }) => choose(value),
    stops: 'button',
  });
  return (
    <Popover.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Popover.Trigger asChild>{props.children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="bottom"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={props.title}
          className={styles.float}
          style={{ width: props.width ?? 240 }}
          onKeyDown={onKeyDown}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            first.current?.focus();
          }}
        >
          <p className={styles.title}>{props.title}</p>
          {props.choices.map((choice, index) => (
            <button
              key={choice.value}
              ref={index === 0 ? first : null}
              type="button"
              className={styles.item}
              onClick={() => choose(choice.value)}
            >
              <span className={styles.itemText}>{choice.label}</span>
              {choice.aside === undefined ? null : <span className={styles.itemAside}>{choice.aside}</span>}
              <Kbd>{String(index + 1)}</Kbd>
            </button>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
