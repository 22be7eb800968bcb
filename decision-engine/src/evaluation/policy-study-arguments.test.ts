import { expect, it } from 'vitest';
import { readPolicyStudyArguments } from './policy-study-arguments.js';

it('reads what is asked for, and names what it does not know', () => {
  const read = readPolicyStudyArguments(['--seeds', '2', '--policies', 'learned, best fixed']);
  expect(read).toMatchObject({ kind: 'run', args: { seeds: 2, policies: ['learned', 'best fixed'] } });
  expect(readPolicyStudyArguments(['--seeds', '0'])).toEqual({
    kind: 'usage',
    message: 'Expected "--seeds" to be a whole number of at least 1, got "0"',
  });
  expect(readPolicyStudyArguments(['--new-action', 'care-tips'])).toMatchObject({
    args: { newActions: ['care-tips'] },
  });
  expect(readPolicyStudyArguments(['--new-action', 'carol-tips'])).toMatchObject({
    kind: 'usage',
    message: expect.stringContaining('got "carol-tips"'),
  });
  expect(readPolicyStudyArguments(['--policies', 'magic'])).toMatchObject({
    kind: 'usage',
    message: expect.stringContaining('got "magic"'),
  });
});
