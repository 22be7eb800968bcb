import { expect, it } from 'vitest';
import { parsePolicies } from '../policy/policies.js';
import { DEMO_POLICIES } from './demo-policies.js';

it('gives valid policies with limits, cooldowns and quiet hours', () => {
  const parsed = parsePolicies(DEMO_POLICIES);
  expect(parsed.ok ? [] : parsed.problems).toEqual([]);
  expect(parsed.ok && parsed.policies.contact.limits.length).toBeGreaterThan(0);
});
