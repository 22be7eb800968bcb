import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.js';

describe('the configuration', () => {
  it('takes the server of the contract from MONGODB_URI', () => {
    expect(loadConfig({ MONGODB_URI: 'mongodb://other:1/' })).toEqual({ contractUri: 'mongodb://other:1/' });
    expect(loadConfig({ MONGODB_URI: '' })).toEqual({ contractUri: undefined });
  });
});
