import { describe, expect, it } from 'vitest';
import { engineAddress, socketAddress } from './engine-address';

const config = { publicApiUrl: null, apiPort: 4100, development: false };
const page = { host: 'desk.example.test:3000', forwardedHost: null, forwardedProto: null };

describe('engineAddress', () => {
  it('is the host of the page at the port of the API', () => {
    expect(engineAddress(config, page)).toBe('http://desk.example.test:4100');
  });

  it('is the configured address where there is one', () => {
    expect(engineAddress({ ...config, publicApiUrl: 'https://api.example.test' }, page)).toBe(
      'https://api.example.test',
    );
  });

  it('believes the proxy in front', () => {
    const proxied = { ...page, forwardedHost: 'a.example.test, b.example.test', forwardedProto: 'https' };
    expect(engineAddress(config, proxied)).toBe('https://a.example.test:4100');
  });

  it('keeps an IPv6 host in brackets', () => {
    expect(engineAddress(config, { ...page, host: '[::1]:3000' })).toBe('http://[::1]:4100');
  });

  it.each(['evil;script-src *', 'a b', '"x"'])('does not let the host %j into a header', (host) => {
    expect(engineAddress(config, { ...page, host })).toBe('http://localhost:4100');
  });
});

describe('socketAddress', () => {
  it('follows the protocol of the engine', () => {
    expect([socketAddress('http://a:1'), socketAddress('https://a:1')]).toEqual(['ws://a:1', 'wss://a:1']);
  });
});
