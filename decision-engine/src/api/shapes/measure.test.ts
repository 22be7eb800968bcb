import { expect, test } from 'vitest';
import { measureRowsQuery, measuresQuery } from './measure.js';

const window = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };
const rows = { measure: 'conversion', limit: 50 };
const pathsOf = (result: {
  readonly error?: { readonly issues: readonly { readonly path: PropertyKey[] }[] };
}) => result.error?.issues.map(({ path }) => path.join('.'));

test.each(['', 'yesterday', '2026-13-01T00:00:00Z', 7, null])(
  'a beginning of %j is told to be no time',
  (from) => {
    expect(pathsOf(measuresQuery.safeParse({ ...window, from }))).toEqual(['from']);
    expect(
      pathsOf(measuresQuery.safeParse({ ...window, compareTo: from, compareFrom: window.from })),
    ).toEqual(['compareTo']);
    expect(pathsOf(measureRowsQuery.safeParse({ ...window, ...rows, from }))).toEqual(['from']);
  },
);

test('a window runs forward and is no longer than 400 days', () => {
  expect(measuresQuery.parse(window)).toEqual({ from: new Date(window.from), to: new Date(window.to) });
  expect(pathsOf(measuresQuery.safeParse({ from: window.to, to: window.from }))).toEqual(['to']);
  expect(pathsOf(measuresQuery.safeParse({ ...window, from: '2024-01-01T00:00:00Z' }))).toEqual(['to']);
  expect(pathsOf(measureRowsQuery.safeParse({ ...window, ...rows, to: window.from }))).toEqual(['to']);
});
