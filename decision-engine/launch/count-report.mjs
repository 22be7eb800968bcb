/**
 * How a suite, a check or all of them came out.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 */

/** @type {Count} */
export const nothing = { passed: 0, failed: 0, skipped: 0 };

/**
 * @typedef {object} TestFile
 * @property {string} name
 * @property {string} status
 * @property {{ fullName: string, status: string }[]} assertionResults
 */

/**
 * Counts a JSON report of vitest. A test file that could not even be loaded counts as one failure, although the report
 * holds no test of it.
 *
 * @param {string} text the report
 * @returns {Count}
 * @throws Error where it is no such report
 */
export function countReport(text) {
  return filesOf(text).map(countFile).reduce(add, nothing);
}

/**
 * The tests of a report that failed, and the files that could not be loaded or set up.
 *
 * @param {string} text the report
 * @returns {{ name: string }[]}
 */
export function failuresOf(text) {
  return filesOf(text).flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && file.status === 'failed') return [{ name: file.name }];
    return failed.map((test) => ({ name: `${file.name} > ${test.fullName}` }));
  });
}

/**
 * The files of a report in which tests were skipped, and how many.
 *
 * @param {string} text the report
 * @returns {{ name: string, skipped: number }[]}
 */
export function skippedOf(text) {
  return filesOf(text)
    .map((file) => ({ name: file.name, skipped: countFile(file).skipped }))
    .filter((file) => file.skipped > 0);
}

/**
 * @param {Count} a
 * @param {Count} b
 * @returns {Count}
 */
export function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** @param {Count} count */
export function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * @param {string} text
 * @returns {TestFile[]}
 */
function filesOf(text) {
  const report = JSON.parse(text);
  if (!Array.isArray(report?.testResults)) throw new Error('not a report of vitest: it has no "testResults"');
  return report.testResults;
}

/** @param {TestFile} file */
function countFile(file) {
  const count = { ...nothing };
  for (const test of file.assertionResults) {
    if (test.status === 'passed') count.passed += 1;
    else if (test.status === 'failed') count.failed += 1;
    else count.skipped += 1;
  }
  if (file.status === 'failed' && count.failed === 0) count.failed = 1;
  return count;
}
