import { expect, it } from 'vitest';
import { parseSender } from './sender.js';

it.each([
  ['shop@example.org', '', 'shop@example.org'],
  ['The Shop <shop@example.org>', 'The Shop', 'shop@example.org'],
  ['"Shop, The" <shop@example.org>', 'Shop, The', 'shop@example.org'],
  ['Segue <no-reply@localhost>', 'Segue', 'no-reply@localhost'],
])('reads %s', (text, name, address) => {
  expect(parseSender(text)).toEqual({ name, address });
});

it.each(['', 'The Shop', 'The Shop <>', 'a@b.example, c@d.example', 'A <a@b.example> <c@d.example>'])(
  'refuses %j',
  (text) => {
    expect(() => parseSender(text)).toThrow(RangeError);
  },
);
