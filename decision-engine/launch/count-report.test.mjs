import { expect, test } from 'vitest';
import { countReport, failuresOf, skippedOf } from './count-report.mjs';
import { judge, whatWentWrong } from './suite.mjs';

const report = (...testResults) => JSON.stringify({ testResults });
const file = (name, statuses, more = {}) => ({
  name,
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status, place) => ({
    fullName: `test ${place}`,
    status,
    failureMessages: [],
  })),
  ...more,
});

test('sums the tests of all files', () => {
  const text = report(file('a', ['passed', 'passed', 'skipped']), file('b', ['failed', 'todo', 'pending']));
  expect(countReport(text)).toEqual({ passed: 2, failed: 1, skipped: 3 });
});

test('a file that could not be loaded is a failure, though it has no tests', () => {
  const text = report(file('broken', [], { status: 'failed' }), file('b', ['passed']));
  expect(countReport(text)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  expect(failuresOf(text)).toEqual([{ name: 'broken' }]);
});

test('names the files in which tests were skipped', () => {
  const text = report(file('a', ['passed']), file('b', ['skipped', 'skipped']));
  expect(skippedOf(text)).toEqual([{ name: 'b', skipped: 2 }]);
});

test('refuses what is no report', () => {
  expect(() => countReport('{}')).toThrow('testResults');
});

const good = report(file('a', ['passed']));

test('a suite that passed', () => {
  expect(judge({ problem: undefined, report: good, isCheck: false })).toEqual({
    passed: 1,
    failed: 0,
    skipped: 0,
  });
});

test.each([
  ['no report', { problem: undefined, report: undefined }],
  ['half a report', { problem: undefined, report: '{"testResults":[' }],
  ['no test in its report', { problem: undefined, report: report() }],
  ['a crash after the last test', { problem: 'ended with exit code 1', report: good }],
])('a suite with %s has failed', (_name, outcome) => {
  expect(judge({ ...outcome, isCheck: false }).failed).toBe(1);
});

test('a failure that the report explains is counted once', () => {
  const text = report(file('a', ['failed', 'passed']));
  expect(judge({ problem: 'ended with exit code 1', report: text, isCheck: false })).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
  });
});

test('a check counts as one', () => {
  expect(judge({ problem: undefined, report: undefined, isCheck: true }).passed).toBe(1);
  expect(judge({ problem: 'ended with exit code 1', report: undefined, isCheck: true }).failed).toBe(1);
});

test('shows what vitest says of failed tests, else the end of the log', () => {
  const log = 'noise\n\u001b[31m⎯⎯⎯ Failed Tests 1 ⎯⎯⎯\u001b[0m\nwhy\n';
  expect(whatWentWrong(log)).toBe('⎯⎯⎯ Failed Tests 1 ⎯⎯⎯\nwhy');
  const crash = Array.from({ length: 100 }, (_, place) => `line ${place}`).join('\n');
  expect(whatWentWrong(crash).split('\n').at(-1)).toBe('line 99');
  expect(whatWentWrong(crash).split('\n').length).toBeLessThan(100);
});
