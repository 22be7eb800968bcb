import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy';

const parts = { nonce: 'bm9uY2U=', engine: 'http://desk.test:4000', development: false };

describe('contentSecurityPolicy', () => {
  it('lets the page talk to the engine, over sockets too', () => {
    expect(contentSecurityPolicy(parts)).toContain(
      `connect-src 'self' http://desk.test:4000 ws://desk.test:4000;`,
    );
  });

  it('runs no script without the nonce, and evaluates nothing', () => {
    const policy = contentSecurityPolicy(parts);
    expect(policy).toContain(`script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic';`);
    expect(policy).not.toContain('unsafe-eval');
  });

  it('can not be framed', () => {
    expect(contentSecurityPolicy(parts)).toContain(`frame-ancestors 'none'`);
  });

  it('can be framed by exactly those who are named', () => {
    const policy = contentSecurityPolicy({ ...parts, framedBy: ['https://a.test', 'https://b.test'] });
    expect(policy).toMatch(/frame-ancestors https:\/\/a\.test https:\/\/b\.test$/);
  });
});
