/** Saved views of the queue, by their number. */
export type ViewCommand = `view-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`;

/** What one key does, anywhere in the console. */
export type Command =
  | 'next'
  | 'previous'
  | 'open'
  | 'yes'
  | 'no'
  | 'later'
  | 'reply'
  | 'search'
  | 'refresh'
  | 'filter'
  | 'views'
  | 'assign'
  | ViewCommand
  | 'inbox'
  | 'outbox'
  | 'help';

export type KeyPress = {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** The key went into a field that takes text. */
  typing: boolean;
  /** A dialog, menu or popover is open and has the keys. */
  covered: boolean;
};

export const KEY_MAP: ReadonlyArray<{ key: string; command: Command; label: string; group: KeyGroup }> = [
  { key: 'j', command: 'next', label: 'Next customer', group: 'Queue' },
  { key: 'k', command: 'previous', label: 'Previous customer', group: 'Queue' },
  { key: 'Enter', command: 'open', label: 'Open the customer', group: 'Queue' },
  { key: '/', command: 'search', label: 'Search customers', group: 'Queue' },
  { key: '.', command: 'refresh', label: 'Show what is new', group: 'Queue' },
  { key: 'f', command: 'filter', label: 'Filter the queue', group: 'Queue' },
  { key: 'v', command: 'views', label: 'Saved views', group: 'Queue' },
  { key: '1', command: 'view-1', label: 'A saved view, 1 to 9', group: 'Queue' },
  { key: 'a', command: 'assign', label: 'Take the customer, or let go', group: 'Queue' },
  { key: 'y', command: 'yes', label: 'Yes', group: 'Next best action' },
  { key: 'n', command: 'no', label: 'No, with a reason', group: 'Next best action' },
  { key: 'l', command: 'later', label: 'Later, with a time', group: 'Next best action' },
  { key: 'r', command: 'reply', label: 'Edit the reply', group: 'Next best action' },
  { key: 'i', command: 'inbox', label: 'Inbox', group: 'Go to' },
  { key: 'o', command: 'outbox', label: 'Outbox', group: 'Go to' },
  { key: '?', command: 'help', label: 'This help', group: 'Go to' },
];

export const KEY_GROUPS = ['Queue', 'Next best action', 'Go to'] as const;
export type KeyGroup = (typeof KEY_GROUPS)[number];

/** The command of a key press; null while someone types, a dialog is open, or a modifier belongs to the browser. */
export function commandOf(press: KeyPress): Command | null {
  if (press.typing || press.covered || press.ctrlKey || press.metaKey || press.altKey) return null;
  if (/^[1-9]$/.test(press.key)) return `view-${press.key}` as ViewCommand;
  return KEY_MAP.find((entry) => entry.key === press.key)?.command ?? null;
}
