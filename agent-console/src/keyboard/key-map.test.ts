import { describe, expect, it } from 'vitest';
import { commandOf, KEY_MAP, type KeyPress } from './key-map';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  typing: false,
  covered: false,
  ...more,
});

describe('commandOf', () => {
  it.each([
    ['j', 'next'],
    ['k', 'previous'],
    ['Enter', 'open'],
    ['y', 'yes'],
    ['n', 'no'],
    ['l', 'later'],
    ['/', 'search'],
    ['?', 'help'],
    ['f', 'filter'],
    ['1', 'view-1'],
    ['9', 'view-9'],
  ])('%s means %s', (key, command) => {
    expect(commandOf(press(key))).toBe(command);
  });

  it('leaves keys alone that mean nothing', () => {
    expect(commandOf(press('q'))).toBeNull();
  });

  it.each(['typing', 'covered', 'ctrlKey', 'metaKey', 'altKey'] as const)(
    'does nothing when %s',
    (reason) => {
      expect(commandOf(press('y', { [reason]: true }))).toBeNull();
    },
  );

  it('gives no key two meanings', () => {
    expect(new Set(KEY_MAP.map((entry) => entry.key)).size).toBe(KEY_MAP.length);
  });
});
