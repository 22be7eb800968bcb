import { describe, expect, it } from 'vitest';
import { safePath } from './safe-path';

describe('safePath', () => {
  it.each(['/', '/outbox', '/customers/cus_1?pane=action'])('goes on to %s', (path) => {
    expect(safePath(path)).toBe(path);
  });

  it.each([
    '//evil.test',
    '/\\evil.test',
    'https://evil.test',
    'javascript:alert(1)',
    '',
    '/a b',
    '/sign-in?next=/sign-in',
  ])('does not go on to %j', (path) => {
    expect(safePath(path)).toBe('/');
  });
});
