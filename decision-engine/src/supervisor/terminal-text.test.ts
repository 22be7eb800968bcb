import { expect, test } from 'vitest';
import { firstSignIn, inSeconds, portForbidden, portTaken } from './terminal-text.js';

test('the first sign-in stands in a frame whose sides are straight', () => {
  const lines = firstSignIn({ email: 'admin@example.com', password: 'one-two', apiKey: 'sk_three' }).split(
    '\n',
  );
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  expect(lines[0]).toMatch(/^┌─+┐$/);
  expect(lines[0]?.length).toBeLessThanOrEqual(80);
  expect(lines.at(-1)).toMatch(/^└─+┘$/);
  expect(lines.join('\n')).toContain('password  one-two');
});

test.each([
  [400, '0.4 s'],
  [9_940, '9.9 s'],
  [9_960, '10 s'],
  [119_400, '119 s'],
  [185_000, '3 min 5 s'],
])('%d ms reads %s', (ms, words) => {
  expect(inSeconds(ms)).toBe(words);
});

test('advice about a port names the variable and one to try', () => {
  expect(portTaken('PORT', 4000)).toContain('PORT=4001 npm start');
  expect(portForbidden('CONSOLE_PORT', 80)).toContain('CONSOLE_PORT=8080 npm start');
});
