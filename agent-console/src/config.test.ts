import { describe, expect, it } from 'vitest';
import { loadConfig } from './config';

describe('loadConfig', () => {
  it('gives each key its own value', () => {
    expect(
      loadConfig({
        SEGUE_PUBLIC_API_URL: 'https://api.example.test/',
        SEGUE_API_PORT: '4101',
        SEGUE_EMBED_ORIGINS: 'https://desk.example.test, http://localhost:3001',
        NODE_ENV: 'development',
      }),
    ).toEqual({
      publicApiUrl: 'https://api.example.test',
      apiPort: 4101,
      development: true,
      embedOrigins: ['https://desk.example.test', 'http://localhost:3001'],
    });
  });

  it('falls back to port 4000 on the host of the page', () => {
    expect(loadConfig({ SEGUE_PUBLIC_API_URL: '' })).toEqual({
      publicApiUrl: null,
      apiPort: 4000,
      development: false,
      embedOrigins: [],
    });
  });

  it.each([
    [{ SEGUE_API_PORT: 'web' }, /SEGUE_API_PORT/],
    [{ SEGUE_API_PORT: '70000' }, /SEGUE_API_PORT/],
    [{ SEGUE_EMBED_ORIGINS: 'https://desk.example.test/' }, /SEGUE_EMBED_ORIGINS/],
    [{ SEGUE_EMBED_ORIGINS: 'https://*.example.test' }, /SEGUE_EMBED_ORIGINS/],
    [{ SEGUE_EMBED_ORIGINS: 'desk.example.test' }, /SEGUE_EMBED_ORIGINS/],
    [{ SEGUE_PUBLIC_API_URL: 'ftp://example.test' }, /SEGUE_PUBLIC_API_URL/],
  ])('refuses %o', (env, message) => {
    expect(() => loadConfig(env)).toThrow(message);
  });
});
