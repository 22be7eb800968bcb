'use client';

import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { readStored, writeStored } from '../shell/stored-choice';
import { type Command, commandOf, type KeyPress } from './key-map';

type Handler = () => void;
type Keyboard = {
  handle: (command: Command, handler: Handler) => () => void;
  enabled: boolean;
  setEnabled: (enabled: boolean) => void;
};

/** What takes text. Radio buttons and check boxes are inputs too, but typing goes past them. */
const TEXT_FIELDS = 'input:not([type="radio"], [type="checkbox"]), textarea, select';

const KeyboardContext = createContext<Keyboard | null>(null);
const STORED = 'segue.keys';

/** Listens to the keyboard once for the whole console and hands each command to who asked for it last. */
export function KeyboardProvider({ children }: { children: React.ReactNode }): React.ReactNode {
  const handlers = useRef(new Map<Command, Handler[]>());
  const [enabled, setEnabledState] = useState(true);
  useEffect(() => setEnabledState(readStored(STORED) !== 'off'), []);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat) return;
      const command = commandOf(pressOf(event));
      if (command === null || (!enabled && command !== 'open')) return;
      const handler = handlers.current.get(command)?.at(-1);
      if (handler === undefined) return;
      event.preventDefault();
      handler();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [enabled]);

  const handle = useCallback((command: Command, handler: Handler) => {
    const stack = handlers.current.get(command) ?? [];
    handlers.current.set(command, [...stack, handler]);
    return () => {
      const left = (handlers.current.get(command) ?? []).filter((other) => other !== handler);
      handlers.current.set(command, left);
    };
  }, []);

  const setEnabled = useCallback((value: boolean) => {
    setEnabledState(value);
    writeStored(STORED, value ? null : 'off');
  }, []);

  const value = useMemo(() => ({ handle, enabled, setEnabled }), [handle, enabled, setEnabled]);
  return <KeyboardContext value={value}>{children}</KeyboardContext>;
}

/** The keyboard of the console; throws outside `KeyboardProvider`. */
export function useKeyboard(): Keyboard {
  const keyboard = useContext(KeyboardContext);
  if (keyboard === null) throw new Error('useKeyboard needs a KeyboardProvider above it');
  return keyboard;
}

/** Runs `handler` on the key of `command` while mounted; null listens to nothing. */
export function useCommand(command: Command, handler: Handler | null): void {
  const { handle } = useKeyboard();
  const latest = useRef(handler);
  latest.current = handler;
  const active = handler !== null;
  // Before it is painted: a key pressed as soon as something shows must not be lost.
  useLayoutEffect(() => {
    if (!active) return undefined;
    return handle(command, () => latest.current?.());
  }, [active, command, handle]);
}

function pressOf(event: KeyboardEvent): KeyPress {
  const target = event.target instanceof HTMLElement ? event.target : null;
  const { key, ctrlKey, metaKey, altKey } = event;
  return {
    key,
    ctrlKey,
    metaKey,
    altKey,
    typing: target !== null && (target.isContentEditable || target.matches(TEXT_FIELDS)),
    covered: document.querySelector('[role="dialog"][data-state="open"], [role="menu"]') !== null,
  };
}
