import { SourceFault } from '@segue/integrations';
import { describe, expect, it } from 'vitest';
import { describeImportFault } from './import-fault.js';

const GOES_ON = 'What is stored stays; the same command goes on from there.';

describe('describeImportFault', () => {
  it('tells what is wrong with a file in its own words', () => {
    expect(describeImportFault(new SourceFault('orders.csv does not exist.'))).toBe(
      'orders.csv does not exist.',
    );
  });

  it('says that an import broken off by the database can be gone on with', () => {
    expect(describeImportFault(new Error('The embedded store was ended by SIGKILL.'))).toBe(
      `The embedded store was ended by SIGKILL.\n${GOES_ON}`,
    );
  });

  it('shows where a mistake of ours happened', () => {
    expect(describeImportFault(new TypeError('x is not a function'))).toMatch(
      /^TypeError: x is not a function\n {4}at /,
    );
  });
});
