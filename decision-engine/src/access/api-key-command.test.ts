import { describe, expect, test } from 'vitest';
import { readApiKeyArguments } from './api-key-command.js';

describe('readApiKeyArguments', () => {
  test('the scopes of an app unless told', () => {
    expect(readApiKeyArguments(['--name', 'shop'])).toEqual({
      name: 'shop',
      scopes: ['events:write', 'decide', 'feedback', 'read'],
    });
  });

  test('the scopes that were named', () => {
    expect(readApiKeyArguments(['--name', 'shop', '--scopes', 'decide, feedback'])).toEqual({
      name: 'shop',
      scopes: ['decide', 'feedback'],
    });
  });

  test.each([
    ['no name', []],
    ['an empty name', ['--name', ' ']],
    ['an unknown scope', ['--name', 'shop', '--scopes', 'decide,admin']],
    ['an unknown option', ['--nmae', 'shop']],
  ])('%s is refused', (_, argv) => {
    expect(readApiKeyArguments(argv)).toEqual({ problem: expect.any(String) });
  });
});
