import { describe, expect, test } from 'vitest';
import { isOriginAllowed } from './allowed-origins.js';

const local = { consoleUrl: null, consolePort: 3000 };

describe('isOriginAllowed', () => {
  test.each([
    ['http://localhost:3000', 'localhost:4000', true],
    ['http://127.0.0.1:3000', '127.0.0.1:4000', true],
    ['http://localhost:3001', 'localhost:4000', false],
    ['http://evil.example:3000', 'localhost:4000', false],
    ['http://127.0.0.1:3000', 'localhost:4000', false],
    ['null', 'localhost:4000', false],
    ['http://localhost:3000', undefined, false],
  ])('origin %s calling %s: %s', (origin, host, allowed) => {
    expect(isOriginAllowed(origin, local, host)).toBe(allowed);
  });

  test('with CONSOLE_URL only that origin counts', () => {
    const config = { consoleUrl: 'https://console.example.com/', consolePort: 3000 };
    expect(isOriginAllowed('https://console.example.com', config, 'api.example.com')).toBe(true);
    expect(isOriginAllowed('http://console.example.com', config, 'api.example.com')).toBe(false);
    expect(isOriginAllowed('https://api.example.com:3000', config, 'api.example.com')).toBe(false);
  });
});
